/* /office/students/NUMBER/services: what the student's own glass says now, in the student's language. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/http/query.h"

static const char *const reasons[] = {
    [REASON_NONE] = "none",
    [REASON_STATUS] = "status",
    [REASON_FORM] = "form",
    [REASON_LIMIT] = "limit",
    [REASON_SEASON] = "season",
    [REASON_WEAK] = "weak",
    [REASON_RECORD] = "record",
    [REASON_TYPE] = "type",
    [REASON_YEAR] = "year",
    [REASON_PAYMENT] = "payment",
    [REASON_CITIZENSHIP] = "citizenship",
    [REASON_DEBTS] = "debts",
    [REASON_NO_DEBTS] = "no-debts",
    [REASON_UNPAID] = "unpaid",
    [REASON_SEMESTER] = "semester",
    [REASON_NOTHING] = "nothing",
    [REASON_GPA] = "gpa",
    [REASON_ACCOMMODATION] = "accommodation",
    [REASON_ACCOUNT] = "account",
    [REASON_VISITOR] = "visitor",
    [REASON_HAS] = "has",
    [REASON_TIMES] = "times",
    [REASON_UNDER_WAY] = "under-way",
    [REASON_HOME] = "home",
    [REASON_HEMIS] = "hemis",
    [REASON_OTHER] = "other",
};
static_assert(COUNT(reasons) == REASON_COUNT, "a word for each reason");

/* Everything in the student's language, whatever the clerk's is. */
typedef struct Seen {
    const Desk *desk;
    const Catalogue *catalogue;
    Language language;
} Seen;

static const char *say(const Seen *seen, const char *kind, const char *name)
{
    char id[64];

    (void)snprintf(id, sizeof id, "say.students.%s-%s", kind, name);
    return view_text(seen->desk->sheet.pages, seen->language, id);
}

static const char *title_of(const Seen *seen, const char *service)
{
    const Service *known = catalogue_find(seen->catalogue, str_from(service));
    const char *title = known ? local_text(&known->title, seen->language) : "";

    return title[0] ? title : service;
}

static void write_way_on(const Seen *seen, const ApiService *access, Buf *ret)
{
    OWNED_BUF day;
    Date date;

    buf_init(&day, 80);
    switch (access->way_on) {
    case WAY_ON_WINDOW: buf_add_text(ret, say(seen, "way", "window")); break;
    case WAY_ON_DATE:
        if (date_parse(str_from(access->way_on_value), &date))
            date_write(&day, date, seen->language, DATE_WORDS);
        text_fill(ret, say(seen, "way", "date"), (const char *[]){ buf_text(&day) }, 1);
        break;
    case WAY_ON_SERVICE:
        text_fill(ret, say(seen, "way", "service"), (const char *[]){ title_of(seen, access->way_on_value) }, 1);
        break;
    case WAY_ON_NONE:
    case WAY_ON_COUNT: break;
    }
}

static json_t *service_json(const Seen *seen, const ApiService *access)
{
    json_t *one = json_object();
    OWNED_BUF way;

    buf_init(&way, 400);
    if (!access->allowed)
        write_way_on(seen, access, &way);
    view_put(one, "service-id", access->service);
    view_put(one, "service-title", title_of(seen, access->service));
    view_put_when(one, "is-allowed", access->allowed);
    view_put(one, "service-reason", access->allowed ? "" : say(seen, "reason", reasons[access->reason]));
    view_put(one, "service-way", buf_text(&way));
    return one;
}

static void put_groups(const Seen *seen, const ApiHome *home)
{
    json_t *groups = json_array(), *rows = NULL;
    const char *group = "";

    for (size_t i = 0; i < home->service_count; i++) {
        const Service *service = catalogue_find(seen->catalogue, str_from(home->services[i].service));

        if (!service)
            continue;
        if (strcmp(service->group, group) != 0) {
            json_t *one = json_object();

            group = service->group;
            rows = json_array();
            view_put(one, "group-title", say(seen, "group", group));
            (void)json_object_set_new(one, "services", rows);
            (void)json_array_append_new(groups, one);
        }
        (void)json_array_append_new(rows, service_json(seen, &home->services[i]));
    }
    (void)json_object_set_new(seen->desk->view, "groups", groups);
}

static void put_tongues(const Seen *seen, const char *path)
{
    size_t count;
    const Language *all = pages_languages(seen->desk->sheet.pages, &count);
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *one = json_object();
        OWNED_BUF link;

        buf_init(&link, 256);
        buf_add_format(&link, "%s/services?l=%s&in=%s", path, language_tag(seen->desk->sheet.language),
                       language_tag(all[i]));
        view_put(one, "tongue-link", buf_text(&link));
        view_put(one, "tongue-name", language_own_name(all[i]));
        view_put_when(one, "is-tongue", all[i] == seen->language);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(seen->desk->view, "tongues", list);
    view_put(seen->desk->view, "tongue", language_tag(seen->language));
}

bool page_student_services(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char number[STUDENT_NUMBER_SIZE], path[128], wanted[12];
    ApiHome *home = NULL;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STUDENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const DeskWho who = who_of(&desk);
    Seen seen = { .desk = &desk, .language = desk.sheet.language };
    if (!student_path(request, number, path, sizeof path))
        return student_not_found(&desk, answer, err);
    if (!desk_student_home(desk.sheet.context->office, &who, number, &home, &seen.language, err))
        return false;
    if (!home)
        return student_not_found(&desk, answer, err);
    if (query_may(request->query, "in", wanted, sizeof wanted) && wanted[0])
        (void)!language_parse(str_from(wanted), &seen.language);
    OWNED(Catalogue) catalogue = office_catalogue(desk.sheet.context->office, err);
    seen.catalogue = catalogue;
    if (catalogue) {
        view_put(desk.view, "number", number);
        view_put_when(desk.view, "may-issue", desk_may(&desk, RIGHT_ISSUE));
        put_groups(&seen, home);
        put_tongues(&seen, path);
    }
    mem_wipe(home, sizeof *home);
    mem_free(home);
    return catalogue && desk_view(&desk, "student-services", 200, answer, err);
}
