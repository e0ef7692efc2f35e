/* A person is called to this kiosk. */
#include "kiosk/screens/build.h"

static const char *words_window_open(Page *page)
{
    const HelpState *help = &page->visit->help;
    const ApiHall *hall = page->model->hall;
    const int window = help->call.window ? help->call.window : hall ? hall->window : 0;

    /* TRANSLATORS: where to go when nobody can come: a window of the office, {0} its number */
    return window ? fill(page, say(page, "Go to window {0}: you are helped there."), words_number(page, window))
                  : words_office(page);
}

static void state(Page *page, const char *icon, Colour fill_, Colour ink, const char *title, const char *text)
{
    /* TRANSLATORS: title of the screen on which a person of the office is called to this kiosk */
    frame_title(page, say(page, "Call a person"), "");
    part_space(page, MM_G3);
    part_notice(page, ROLE_STATUS, (Notice){ icon, fill_, ink, title, text });
}

static void question(Page *page)
{
    const bool known = page->visit->signed_in && !page->visit->session.visitor;

    frame_title(page, say(page, "Call a person"), say(page, "Somebody from the office comes to this kiosk."));
    part_space(page, MM_G3);
    part_note(page, "eye",
              say(page, "They are told at which kiosk you are and what you are doing here, not what you have typed."));
    part_space(page, MM_G2);
    if (known) {
        part_way(page, (Way){ "call.named", "person", say(page, "Call, and say who I am"),
                              say(page, "Who comes learns your name"), ACT_CALL_YES, 1, true, 30.0F });
        part_space(page, MM_G);
        part_way(page, (Way){ "call.unnamed", "call", say(page, "Call without my name"),
                              say(page, "Nobody is told who you are"), ACT_CALL_YES, 0, false, 30.0F });
    } else
        part_way(page, (Way){ "call.unnamed", "call", say(page, "Call"), say(page, "Wait here, at the kiosk"),
                              ACT_CALL_YES, 0, true, 30.0F });
}

static void nobody(Page *page)
{
    state(page, "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "Nobody is free just now"), words_window_open(page));
    part_ticket_way(page);
}

static void failed(Page *page)
{
    const bool limit = page->visit->help.note == HALL_NOTE_LIMIT;

    state(page, "warn", COLOUR_WARN_TINT, COLOUR_WARN,
          limit ? say(page, "Too many calls from this kiosk") : say(page, "The call did not get through"),
          words_window_open(page));
    part_ticket_way(page);
}

static void answered(Page *page)
{
    switch (page->visit->help.call.state) {
    case CALL_WAITING:
        state(page, "clock", COLOUR_TINT, COLOUR_BRAND, say(page, "The office has been told"),
              say(page, "Please wait here. You can go on in the meantime."));
        break;
    case CALL_COMING:
        state(page, "check", COLOUR_GOOD_TINT, COLOUR_GOOD, say(page, "Somebody is coming"),
              say(page, "Please wait here. You can go on in the meantime."));
        break;
    case CALL_OVER:
        state(page, "check", COLOUR_GOOD_TINT, COLOUR_GOOD, say(page, "Somebody was here"),
              say(page, "You can call again if you need more help."));
        break;
    case CALL_NOBODY:
    case CALL_GIVEN_UP:
    case CALL_STATE_COUNT: nobody(page); break;
    }
}

void screen_call(Page *page)
{
    const HelpState *help = &page->visit->help;
    const bool asking = help->errand.doing == CMD_CALL;

    frame_open(page);
    if (help->note == HALL_NOTE_CLOSED)
        nobody(page);
    else if (help->note != HALL_NOTE_NONE && !help->call.id[0])
        failed(page);
    else if (help->call.id[0])
        answered(page);
    else if (asking)
        state(page, "clock", COLOUR_TINT, COLOUR_BRAND, say(page, "Calling…"), "");
    else
        question(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (model_help_is_open(page->model))
        part_button(page, (Button){ BUTTON_SECOND, "call.end", say(page, "I need no help any more"), "close", false,
                                    ACT_CALL_END, 0 });
    frame_close(page);
}
