/* A question, a number that is readable from three metres, one huge answer. */
#include "kiosk/screens/build.h"

#define MARKS          20
#define HEAD_LEAST     250.0F /* lower glasses do without the institution, for text of 100 % */
#define STACKED_LEAST  450.0F /* and have the number beside the question */
#define COUNT_LEAST    150.0F /* and a smaller number */
#define MM_COUNT       160.0F /* the large number and the margins */
#define QUESTION_WORD  120.0F /* the longest word beside it, for text of 100 % */
#define ANSWERS_LEAST  250.0F /* narrower wide glasses have the answers below each other */
#define NAME_MOST      150.0F
#define QUESTION_LEAST 200.0F /* narrower glasses a smaller question: a first name must not be torn */

/* So little room that all gets smaller. */
static bool is_tight(const Page *page)
{
    return page->height < COUNT_LEAST * page->scale;
}

static bool is_stacked(const Page *page)
{
    return !page->wide && page->height >= STACKED_LEAST;
}

/* Beside the question there must be room for it. */
static bool counts_large(const Page *page)
{
    return is_stacked(page) || (!is_tight(page) && page->width >= MM_COUNT + QUESTION_WORD * page->scale);
}

static void marks(Page *page, int left)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = page->width / 64.0F });
    for (int i = 0; i < MARKS; i++)
        tree_leaf(
            page->tree, ROLE_GROUP, NULL, "",
            (Style){
                .grow = 1.0F, .height = 5.0F, .corner = 1.5F, .fill = i < left ? COLOUR_ON_WALL : COLOUR_BRAND_LINE });
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
    part_icon(page, kept == FORM_KEPT ? "check" : "warn", 14.0F, COLOUR_ON_WALL);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static Style answer_style(TextRole text, float height, float icon)
{
    return (Style){ .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = MM_G,
                    .height = height,
                    .pad_left = MM_G,
                    .pad_right = MM_G,
                    .corner = MM_R,
                    .text = text,
                    .weight = text == TEXT_TITLE ? WEIGHT_BOLD : WEIGHT_SEMIBOLD,
                    .icon_size = icon };
}

static void answers(Page *page)
{
    bool tight = is_tight(page);
    bool beside = page->wide && (tight || page->width >= ANSWERS_LEAST * page->scale);
    Style stay = answer_style(tight ? TEXT_HEADING : TEXT_TITLE, page_row(page, 56.0F), tight ? 13.0F : 17.0F);
    Style end = answer_style(tight ? TEXT_BODY : TEXT_HEADING, page_row(page, 32.0F), tight ? 10.0F : 11.0F);

    page_wall_button(page, &stay);
    end.border = end.ink = COLOUR_ON_WALL;
    stay.grow = beside ? (tight ? 1.4F : 2.0F) : 0.0F;
    end.grow = beside ? 1.0F : 0.0F;
    tree_open(page->tree, ROLE_GROUP, "still-there.answers", "",
              (Style){ .axis = beside ? AXIS_ROW : AXIS_COLUMN,
                       .align = ALIGN_STRETCH,
                       .gap = beside ? MM_G2 : 6.0F,
                       .pad_left = MM_G4,
                       .pad_right = MM_G4,
                       .reverse = !page->left }); /* the way on at the right, for a left hand at the left */
    /* TRANSLATORS: the answer to "are you still there?" */
    Node *node = tree_leaf(page->tree, ROLE_BUTTON, "still-there.stay", say(page, "Yes, I am here"), stay);
    node->icon = "hand";
    node->send = (Send){ ACT_STAY, 0 };
    node->state |= NODE_MAIN;
    /* TRANSLATORS: the other answer: ends the visit */
    node = tree_leaf(page->tree, ROLE_BUTTON, "still-there.end", say(page, "No, finish"), end);
    node->icon = tight ? NULL : "exit";
    node->send = (Send){ ACT_FINISH, 0 };
    tree_close(page->tree);
}

/* The number is as large as the glass lets it at every size of text: it is read from three metres already. */
static void countdown(Page *page, int left)
{
    bool stacked = is_stacked(page);
    bool beside = stacked && page->scale < 2.0F;
    bool large = counts_large(page);
    Style box = { .axis = beside ? AXIS_ROW : AXIS_COLUMN,
                  .align = stacked && !beside ? ALIGN_START : ALIGN_END,
                  .gap = beside ? 5.0F : 0.0F };

    tree_open(page->tree, ROLE_STATUS, "still-there.left", "", box);
    part_text(page, large ? TEXT_COUNTDOWN : TEXT_DISPLAY, WEIGHT_OF_ROLE, COLOUR_NONE, words_number(page, left))
        ->style.text_scale_most = large ? 1.0F : 1.5F;
    /* TRANSLATORS: after a large number: seconds that are left */
    part_text(page, stacked ? TEXT_TITLE : TEXT_BODY, WEIGHT_MEDIUM, COLOUR_NONE,
              say_n(page, "second left", "seconds left", left))
        ->style.text_align = stacked ? ALIGN_START : ALIGN_END;
    tree_close(page->tree);
}

static void question(Page *page)
{
    const Visit *visit = page->visit;
    bool large = page->width >= (is_stacked(page) ? 1.0F : 2.0F) * QUESTION_LEAST * page->scale;
    TextRole role = large ? TEXT_DISPLAY : page->height >= 130.0F * page->scale ? TEXT_TITLE : TEXT_HEADING;
    const char *words = visit->signed_in
                            /* TRANSLATORS: {0} is the student's first name; "\n" breaks the line */
                            ? fill(page, say(page, "{0},\nare you still there?"), visit->session.given_name)
                            : say(page, "Are you\nstill there?");

    tree_leaf(page->tree, ROLE_ALERT, "title", words, style_text(role, WEIGHT_BOLD, COLOUR_NONE));
}

static void then(Page *page)
{
    const char *words = model_is_printing(page->model)
                            ? say(page, "Then the visit ends and the printing is stopped. Nothing stays on the screen.")
                            : say(page, "Then the visit ends, and nothing stays on the screen.");

    part_text(page, TEXT_HEADING, WEIGHT_REGULAR, COLOUR_NONE, words)->style.max_width = 250.0F * page->scale;
    form(page);
}

static void stacked(Page *page, int left)
{
    part_push(page);
    question(page);
    part_space(page, page->low ? MM_G2 : MM_G4);
    countdown(page, left);
    part_space(page, page->low ? MM_G2 : MM_G4);
    marks(page, left);
    part_space(page, page->low ? MM_G2 : MM_G4);
    then(page);
    part_push(page);
    part_push(page);
}

static void beside(Page *page, int left)
{
    part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G3, .reverse = page->left });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    question(page);
    part_space(page, MM_G2);
    then(page);
    tree_close(page->tree);
    countdown(page, left);
    tree_close(page->tree);
    part_space(page, MM_G2);
    marks(page, left);
    part_push(page);
}

static void head(Page *page)
{
    if (page->height < HEAD_LEAST * page->scale)
        return;
    Style row = style_row(MM_G);
    row.pad_left = row.pad_right = MM_G4;
    tree_open(page->tree, ROLE_GROUP, NULL, "", row);
    part_mark(page, "logo", 26.0F, COLOUR_ON_WALL);
    Node *name = part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_institution(page, page->language));
    name->style.max_width = page->wide ? 0.0F : NAME_MOST;
    name->style.text_scale_most = 1.25F;
    tree_close(page->tree);
}

void screen_still_there(Page *page)
{
    int left = model_seconds_left(page->model);
    float pad = page->height >= STACKED_LEAST ? MM_G4 : is_tight(page) ? MM_G : MM_G3;

    tree_open(page->tree, ROLE_GROUP, "screen", "", (Style){ .fill = COLOUR_WALL, .ink = COLOUR_ON_WALL });
    part_out_of_reach(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .grow = 1.0F, .gap = is_tight(page) ? MM_G : MM_G2, .pad_top = pad, .pad_bottom = pad });
    head(page);
    tree_open(page->tree, ROLE_GROUP, "content", "",
              (Style){ .grow = 1.0F, .scroll = true, .pad_left = MM_G4, .pad_right = MM_G4 });
    if (is_stacked(page))
        stacked(page, left);
    else
        beside(page, left);
    tree_close(page->tree);
    answers(page);
    tree_close(page->tree);
    tree_close(page->tree);
}
