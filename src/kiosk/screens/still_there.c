/* A question, a number that is readable from three metres, one huge answer. */
#include "kiosk/screens/build.h"

#define MARKS 20

static void marks(Page *page, int left)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = 5.2F });
    for (int i = 0; i < MARKS; i++)
        tree_leaf(
            page->tree, ROLE_GROUP, NULL, "",
            (Style){
                .grow = 1.0F, .height = 5.0F, .corner = 1.5F, .fill = i < left ? COLOUR_ON_BRAND : COLOUR_BRAND_LINE });
    tree_close(page->tree);
}

/* What becomes of what was filled in. */
static void form(Page *page)
{
    FormKept kept = model_form_kept(page->model);

    if (kept != FORM_KEPT && kept != FORM_NOT_KEPT)
        return;
    /* TRANSLATORS: under "then the visit ends": what becomes of the form that the student was filling in; the last of
       the three when the password is asked again */
    const char *words = kept == FORM_KEPT ? say(page, "What you filled in is kept: you can go on at any kiosk.")
                        : page->visit->signed_in
                            ? say(page, "The connection is away: leaving now loses what you filled in.")
                            : say(page, "Leaving now loses what you filled in.");
    part_space(page, MM_G3);
    tree_open(page->tree, ROLE_STATUS, "still-there.form", "",
              (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = 7.0F });
    part_icon(page, kept == FORM_KEPT ? "check" : "warn", 14.0F, COLOUR_ON_BRAND);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static void answers(Page *page)
{
    Style stay = { .axis = AXIS_ROW,
                   .align = ALIGN_CENTRE,
                   .gap = MM_G,
                   .height = 56.0F,
                   .corner = MM_R,
                   .fill = COLOUR_SURFACE,
                   .ink = COLOUR_BRAND,
                   .text = TEXT_TITLE,
                   .weight = WEIGHT_BOLD,
                   .icon_size = 17.0F };
    Style end = { .axis = AXIS_ROW,
                  .align = ALIGN_CENTRE,
                  .gap = MM_G,
                  .height = 32.0F,
                  .corner = MM_R,
                  .border = COLOUR_ON_BRAND,
                  .ink = COLOUR_ON_BRAND,
                  .text = TEXT_HEADING,
                  .weight = WEIGHT_SEMIBOLD,
                  .icon_size = 11.0F };
    /* TRANSLATORS: the answer to "are you still there?" */
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, "still-there.stay", say(page, "Yes, I am here"), stay);

    node->icon = "hand";
    node->send = (Send){ ACT_STAY, 0 };
    node->state |= NODE_MAIN;
    part_space(page, 6.0F);
    /* TRANSLATORS: the other answer: ends the visit */
    node = tree_leaf(page->tree, ROLE_BUTTON, "still-there.end", say(page, "No, finish"), end);
    node->icon = "exit";
    node->send = (Send){ ACT_FINISH, 0 };
}

void screen_still_there(Page *page)
{
    const Visit *visit = page->visit;
    int left = model_seconds_left(page->model);

    tree_open(page->tree, ROLE_GROUP, "screen", "",
              (Style){ .fill = COLOUR_BRAND,
                       .ink = COLOUR_ON_BRAND,
                       .pad_top = MM_G4,
                       .pad_right = MM_G4,
                       .pad_bottom = MM_G4,
                       .pad_left = MM_G4 });
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_icon(page, "logo", 26.0F, COLOUR_ON_BRAND);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language))
        ->style.max_width = 110.0F;
    tree_close(page->tree);
    part_space(page, 60.0F);
    const char *question = visit->signed_in
                               /* TRANSLATORS: {0} is the student's first name; "\n" breaks the line */
                               ? fill(page, say(page, "{0},\nare you still there?"), visit->session.given_name)
                               : say(page, "Are you\nstill there?");
    tree_leaf(page->tree, ROLE_ALERT, "title", question, style_text(TEXT_DISPLAY, WEIGHT_OF_ROLE, COLOUR_NONE));
    part_space(page, MM_G4);
    tree_open(page->tree, ROLE_STATUS, "still-there.left", "",
              (Style){ .axis = AXIS_ROW, .align = ALIGN_END, .gap = 5.0F });
    part_text(page, TEXT_COUNTDOWN, WEIGHT_OF_ROLE, COLOUR_NONE, words_number(page, left));
    /* TRANSLATORS: after a large number: seconds that are left */
    part_text(page, TEXT_TITLE, WEIGHT_MEDIUM, COLOUR_NONE, say_n(page, "second left", "seconds left", left));
    tree_close(page->tree);
    part_space(page, MM_G4);
    marks(page, left);
    part_space(page, MM_G4);
    const char *then = model_is_printing(page->model)
                           ? say(page, "Then the visit ends and the printing is stopped. Nothing stays on the screen.")
                           : say(page, "Then the visit ends, and nothing stays on the screen.");
    part_text(page, TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE, then)->style.max_width = 250.0F;
    form(page);
    part_push(page);
    answers(page);
    tree_close(page->tree);
}
