/* States of who leaves, of what was begun before, and of a kiosk that can't serve. */
#ifndef GALLERY_STATES_LEAVING_H
#define GALLERY_STATES_LEAVING_H

#include "gallery/states_fault.h"

static void still_there(Glass *glass)
{
    home(glass);
    glass_wait(glass, 66000);
}

static void home_begun(Glass *glass)
{
    glass_serve(glass);
    glass_to_home(glass);
    glass_home_begun(glass, 1, 2, 86400);
}

/* All at once: what one began today and before, what is ready, and what is not known. */
static void home_begun_requests(Glass *glass)
{
    home_requests(glass);
    ApiHome *mine = glass->model.visit.home;
    mine->draft_count = 2;
    for (size_t i = 0; i < mine->draft_count; i++)
        mine->drafts[i] = (ApiDraftLine){
            .service = "certificate-of-study", .saved_at_s = GLASS_WALL_MS / 1000 - 600, .answered = 2, .of = 2
        };
}

static void home_begun_waiting(Glass *glass)
{
    home_begun(glass);
    glass_act(glass, ACT_DRAFT, 0);
    glass_wait(glass, 4000);
}

static void draft_away(Glass *glass)
{
    home_begun(glass);
    glass_act(glass, ACT_DRAFT, 0);
    glass_fail(glass, CMD_DRAFT_OPEN, PROBLEM_NONE);
}

/* At the second question, the first one answered. */
static void half_filled(Glass *glass)
{
    glass_serve(glass);
    glass_to_form(glass);
    glass_choose(glass, "other");
    glass_act(glass, ACT_FORM_NEXT, 0);
}

static void still_there_kept(Glass *glass)
{
    half_filled(glass);
    glass_kept(glass);
    glass_wait(glass, 66000);
}

static void still_there_not_kept(Glass *glass)
{
    half_filled(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_wait(glass, 66000);
}

static void leave_home(Glass *glass)
{
    half_filled(glass);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
    glass_act(glass, ACT_BACK, 0);
}

static void leave_finish(Glass *glass)
{
    half_filled(glass);
    glass_type(glass, "Chirchiq shahar hokimligi");
    glass_act(glass, ACT_FORM_NEXT, 0);
    glass_fail(glass, CMD_DRAFT, PROBLEM_NONE);
    glass_act(glass, ACT_FINISH, 0);
}

/* The session's time is over in the middle of a form, and what was typed last could not be kept. */
static void half_filled_over(Glass *glass)
{
    half_filled(glass);
    glass_kept(glass);
    for (int i = 0; i < 36; i++) {
        glass_wait(glass, 50000);
        if (model_screen(&glass->model) == SCREEN_SIGN_IN)
            return;
        glass_type(glass, "Ch");
    }
}

static void leave_over(Glass *glass)
{
    half_filled_over(glass);
    glass_act(glass, ACT_FINISH, 0);
}

static void still_there_over(Glass *glass)
{
    half_filled_over(glass);
    glass_act(glass, ACT_SIGN_IN_SHOW, 0);
    glass_wait(glass, 66000);
}

static void leave_kept(Glass *glass)
{
    leave_finish(glass);
    glass_kept(glass);
}

static void still_there_unknown(Glass *glass)
{
    sign_in_number(glass);
    glass_wait(glass, 66000);
}

static void still_there_printing(Glass *glass)
{
    printing(glass);
    glass_wait(glass, 301000);
}

static void session_over(Glass *glass)
{
    home(glass);
    glass->model.visit.session_ends_ms = glass->now_ms;
    glass_act(glass, ACT_NONE, 0);
}

static void starting(Glass *glass)
{
    (void)glass;
}

static void no_registrar(Glass *glass)
{
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_NONE);
}

static void no_catalogue(Glass *glass)
{
    glass_heartbeat(glass, "new");
    glass_fail(glass, CMD_CATALOGUE, PROBLEM_NONE);
}

static void unknown_kiosk(Glass *glass)
{
    glass_fail(glass, CMD_HEARTBEAT, PROBLEM_UNKNOWN_KIOSK);
}

static void wrong_clock(Glass *glass)
{
    glass->model.built_s += 10 * 86400;
}

static void closed(Glass *glass)
{
    glass->model.closed = true;
}

#endif
