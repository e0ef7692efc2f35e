/* States of a university with many services, of the settings, and of questions of every kind. */
#ifndef GALLERY_STATES_MORE_H
#define GALLERY_STATES_MORE_H

#include "gallery/kinds.h"
#include "gallery/rich.h"
#include "gallery/states_leaving.h"

/* A university that offers everything: thirty services in six groups. */
static void home_rich(Glass *glass)
{
    glass->catalogue_json = rich_catalogue();
    home(glass);
    rich_home(glass);
}

static void home_rich_mine(Glass *glass)
{
    home_rich(glass);
    ApiHome *mine = glass->model.visit.home;
    mine->request_count = 2;
    mine->requests[0] = (ApiRequestLine){ .id = "30000000-0000-4000-8000-000000000001",
                                          .service = "transcript",
                                          .number = "M-2026/004817",
                                          .state = REQUEST_READY,
                                          .at_s = GLASS_WALL_MS / 1000 - 86400 };
    mine->requests[1] = mine->requests[0];
    mine->requests[1].state = REQUEST_UNKNOWN;
    str_copy_cut(str_from("call-up-paper"), mine->requests[1].service, sizeof mine->requests[1].service);
    mine->draft_count = 1;
    mine->drafts[0] = (ApiDraftLine){
        .service = "academic-leave", .saved_at_s = GLASS_WALL_MS / 1000 - 86400, .answered = 3, .of = 7
    };
}

/* A student for whom little of it is: no groups. */
static void home_few(Glass *glass)
{
    home_rich(glass);
    glass->model.visit.home->service_count = 3;
}

/* Two groups, and nothing of information. */
static void home_two_groups(Glass *glass)
{
    home_rich(glass);
    glass->model.visit.home->service_count = 10;
}

static void home_rich_group(Glass *glass)
{
    home_rich(glass);
    glass_act(glass, ACT_GROUP, 12); /* applications: the longest titles */
}

/* The sheet of the glass's settings, opened over what was being filled in. */
static void settings(Glass *glass)
{
    form_place(glass);
    glass_act(glass, ACT_SETTINGS, 0);
}

/* ... with all that can be on, on. */
static void settings_on(Glass *glass)
{
    settings(glass);
    glass_act(glass, ACT_CALM, 0);
    glass_act(glass, ACT_LISTEN, 0);
    glass_act(glass, ACT_VOLUME, 0);
}

/* A form with a question of every kind, answered up to this one. */
static void kinds(Glass *glass, const char *question)
{
    static const struct {
        const char *id, *typed;
        uint16_t choice;
    } answers[] = {
        { "kind", NULL, 1 },
        { "region", NULL, 8 },
        { "host", "Samarqand shahar kutubxonasi", 0 },
        { "days", NULL, 1 },
        { "hours", "6", 0 },
        { "from", "07122026", 0 },
        { "email", "rahbar@samdu.uz", 0 },
        { "phone", "901234567", 0 },
        { "note", "Алишер Каримов", 0 },
    };

    glass->catalogue_json = kinds_catalogue();
    home(glass);
    str_copy_cut(STR("form-kinds"), glass->model.visit.home->services[0].service, SERVICE_ID_MOST);
    glass_act(glass, ACT_SERVICE, 0);
    glass_act(glass, ACT_CONTINUE, 0);
    for (size_t i = 0; i < COUNT(answers); i++) {
        if (strcmp(model_question(&glass->model, NULL)->id, question) == 0)
            return;
        if (answers[i].typed)
            glass_type(glass, answers[i].typed);
        else
            glass_act(glass, ACT_CHOOSE, answers[i].choice);
        glass_act(glass, ACT_FORM_NEXT, 0);
    }
}

static void kinds_list(Glass *glass)
{
    kinds(glass, "region");
    glass_act(glass, ACT_CHOOSE, 8);
}

static void kinds_search(Glass *glass)
{
    kinds(glass, "region");
    glass_act(glass, ACT_FORM_SEARCH, 1);
    glass_type(glass,
               glass->model.visit.language == LANGUAGE_UZ || glass->model.visit.language == LANGUAGE_EN ? "an" : "ан");
}

static void kinds_nothing_found(Glass *glass)
{
    kinds_search(glass);
    glass_type(glass, "qqq");
}

static void kinds_host(Glass *glass)
{
    kinds(glass, "host");
}

/* With capitals locked, in another language's letters. */
static void kinds_host_locked(Glass *glass)
{
    kinds(glass, "host");
    glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_LANGUAGE);
    for (int i = 0; i < 3; i++)
        glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_SHIFT);
    glass_type(glass, "ЎҚҒҲ");
}

static void kinds_several(Glass *glass)
{
    kinds(glass, "days");
    glass_act(glass, ACT_CHOOSE, 1);
    glass_act(glass, ACT_CHOOSE, 4);
}

static void kinds_too_many(Glass *glass)
{
    kinds_several(glass);
    glass_act(glass, ACT_CHOOSE, 0);
    glass_act(glass, ACT_CHOOSE, 2);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void kinds_stepper(Glass *glass)
{
    kinds(glass, "hours");
    glass_act(glass, ACT_FORM_STEP, 1);
}

static void kinds_date(Glass *glass)
{
    kinds(glass, "from");
}

static void kinds_date_chosen(Glass *glass)
{
    kinds_date(glass);
    glass_act(glass, ACT_FORM_MONTH, MONTH_AFTER);
    glass_act(glass, ACT_FORM_DAY, 7);
}

static void kinds_date_wrong(Glass *glass)
{
    kinds_date(glass);
    glass_type(glass, "31022027");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void kinds_email(Glass *glass)
{
    kinds(glass, "email");
    glass_type(glass, "d.yusupova");
}

static void kinds_email_wrong(Glass *glass)
{
    kinds_email(glass);
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void kinds_phone(Glass *glass)
{
    kinds(glass, "phone");
    glass_type(glass, "90123");
}

static void kinds_cyrillic(Glass *glass)
{
    kinds(glass, "note");
    glass_type(glass, "Алишер");
}

static void kinds_review(Glass *glass)
{
    kinds(glass, "");
}

/* The last letter can be read for a second. */
static void sign_in_peek(Glass *glass)
{
    glass_serve(glass);
    glass_act(glass, ACT_START, 0);
    glass_type(glass, "392241100742");
    glass_act(glass, ACT_SIGN_IN_FIELD, SIGN_IN_PASSWORD);
    glass_type(glass, "qishk8");
}

static void sign_in_symbols(Glass *glass)
{
    sign_in_peek(glass);
    glass_act(glass, ACT_KEYBOARD, KEYBOARD_ARG_SYMBOLS);
}

#endif
