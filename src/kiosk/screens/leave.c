/* Before what was filled in is lost: a question, and an answer for each way. */
#include "kiosk/screens/build.h"

#define PLATE_LEAST 180.0F /* narrower glasses leave the width to the title, for text of 100 % */

static void head(Page *page, bool kept)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_START, .gap = MM_G3 });
    tree_open(page->tree, ROLE_ALERT, NULL, "", (Style){ .grow = 1.0F });
    if (kept)
        /* TRANSLATORS: title and sentence, after the connection came back while the question below stood there */
        frame_title(page, say(page, "What you filled in is kept now"),
                    say(page, "The connection is back. You can go on at any kiosk, also another day."));
    else
        /* TRANSLATORS: title and sentence: the student wants to leave a form, and it can't be kept */
        frame_title(
            page, say(page, "Leave, and lose what you filled in?"),
            page->visit->signed_in
                ? say(page, "The connection with the registrar’s office is away, so your answers could not be kept.")
                /* TRANSLATORS: as above, while the password is asked again because the session's time is over */
                : say(page, "Enter your password once more: then your answers are kept."));
    tree_close(page->tree);
    if (page->width >= PLATE_LEAST * page->scale)
        part_plate(page, kept ? (Plate){ "check", 36.0F, 21.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true }
                              : (Plate){ "warn", 36.0F, 21.0F, COLOUR_WARN_TINT, COLOUR_WARN, true });
    tree_close(page->tree);
}

void screen_leave(Page *page)
{
    bool kept = model_form_kept(page->model) == FORM_KEPT;
    bool ends = page->visit->leaving == LEAVING_FINISH;
    /* TRANSLATORS: buttons: the visit ends, or the student goes back to all services */
    const char *leave = ends ? say(page, "Finish the visit") : say(page, "Leave this form");

    frame_open(page);
    head(page, kept);
    part_space(page, page->wide ? MM_G2 : MM_G4);
    part_label(page, say(page, "What you can do now"));
    part_grid(page, page->wide ? 2 : 1, MM_G);
    /* TRANSLATORS: button: back to the form, and a line under it */
    Way stay = { "leave.stay",
                 "edit",
                 say(page, "Stay with the form"),
                 kept || !page->visit->signed_in ? "" : say(page, "We go on trying to keep your answers"),
                 ACT_STAY,
                 0,
                 !kept,
                 56.0F };
    Way go = { "leave.leave", ends ? "exit" : "back",
               leave,         kept ? "" : say(page, "Your answers are lost"),
               ACT_LEAVE,     0,
               kept,          56.0F };
    part_way(page, kept ? go : stay);
    part_way(page, kept ? stay : go);
    tree_close(page->tree);
    frame_bar(page);
    part_back(page);
    frame_close(page);
}
