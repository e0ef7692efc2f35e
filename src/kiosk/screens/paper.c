/* A paper that a form wants, photographed with a phone: the code, the pages as they come, and what went wrong. */
#include "kiosk/screens/build.h"

#define CODE_SHARE 0.62F  /* of a wide glass */
#define WAYS_MM    240.0F /* of two ways beside each other, for text of 100 % */
#define PAGE_RATIO 1.35F  /* of a photograph held upright, or nearly */

typedef struct NoteWords {
    const char *title, *text;
} NoteWords;

static const NoteWords notes[] = {
    [PAPERS_NOTE_NONE] = { "", "" },
    /* TRANSLATORS: titles and texts: why there are no photographs of the paper */
    [PAPERS_NOTE_LATE] = { N_("The time for this code is over"),
                           N_("Nothing was photographed. You can make a new code, or bring the paper to the window.") },
    [PAPERS_NOTE_ENDED] = { N_("These photographs are no more"),
                            N_("Photograph the paper once more, or bring it to the window.") },
    [PAPERS_NOTE_AWAY] = { N_("No code could be made just now"),
                           N_("What you filled in is still here. Try again in a moment, or bring the paper.") },
    [PAPERS_NOTE_LIMIT] = { N_("No more codes in this visit"),
                            N_("Too many came to nothing. Bring the paper to the window instead.") },
    [PAPERS_NOTE_REFUSED] = { N_("This paper can’t be photographed now"),
                              N_("Bring it to the window: that is just as good.") },
};
static_assert(COUNT(notes) == PAPERS_NOTE_COUNT, "words for every note");

static bool can_have_new_code(const PapersState *papers)
{
    return papers->note != PAPERS_NOTE_LIMIT && papers->note != PAPERS_NOTE_REFUSED && papers->doing != CMD_PAPERS;
}

static void trouble(Page *page, const PapersState *papers)
{
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, notes[papers->note].title),
                          say(page, notes[papers->note].text) });
    part_space(page, MM_G2);
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static void photograph(Page *page, const PapersState *papers, int index)
{
    float mm = model_papers_width(page->model);
    Style style = { .width = mm,
                    .height = mm * PAGE_RATIO,
                    .fill = COLOUR_TINT,
                    .border = COLOUR_LINE,
                    .border_px = 1,
                    .corner = MM_RS };
    const char *id = tree_format(page->tree, "paper.page.%d", index + 1);
    /* TRANSLATORS: under a photograph of a paper: {0} which page it is */
    const char *words = fill(page, say(page, "Page {0}"), words_number(page, index + 1));

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.0F, .width = mm });
    if (papers->pictures[index]) {
        style.fill = COLOUR_PAPER;
        tree_set_image(page->tree, tree_leaf(page->tree, ROLE_IMAGE, id, words, style), papers->pictures[index]);
    } else {
        style.align = ALIGN_CENTRE;
        style.justify = JUSTIFY_CENTRE;
        tree_open(page->tree, ROLE_GROUP, id, "", style);
        part_mark(page, "doc", MM_G3, COLOUR_BRAND);
        tree_close(page->tree);
    }
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.text_align = ALIGN_CENTRE;
    tree_close(page->tree);
}

static void pages(Page *page, const PapersState *papers)
{
    float mm = model_papers_width(page->model);
    int columns = (int)((page->inside - 2.0F * MM_G2 + MM_G) / (mm + MM_G)); /* below 0 on a sliver of a glass */
    Style card = style_card(MM_G2);

    if (papers->set.pages == 0)
        return;
    card.columns = columns > 1 ? (unsigned)columns : 1;
    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, "paper.pages", "", card);
    for (int i = 0; i < papers->set.pages && i < PAPERS_PAGES_MOST; i++)
        photograph(page, papers, i);
    tree_close(page->tree);
    part_space(page, MM_G2);
}

/* --- what to do --------------------------------------------------------------------------------------------------- */

static void code(Page *page, const PapersState *papers)
{
    CodeCard card = { .id = "paper.code",
                      .picture = &papers->code,
                      .title = "",
                      .address = "",
                      /* TRANSLATORS: what to do with the QR code, in three steps */
                      .steps = { say(page, "Point your phone’s camera at the code and open the page."),
                                 say(page, "Photograph the paper, page after page."),
                                 say(page, "Touch “Done” on your phone.") } };

    if (!papers->code.png) {
        tree_leaf(page->tree, ROLE_STATUS, "paper.waiting", say(page, "The code is being made…"),
                  style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_BRAND));
        part_space(page, MM_G);
    }
    part_code_card(page, &card);
    part_space(page, MM_G2);
}

static const char *state_words(Page *page, const PapersState *papers)
{
    int pages = papers->set.pages;

    if (papers->set.state == PAPERS_OPENED && pages == 0)
        /* TRANSLATORS: a phone has opened the code's page */
        return say(page, "Your phone is connected. Photograph the paper with it.");
    if (papers->set.state == PAPERS_OPENED)
        return fill(page,
                    say_n(page, "{0} page is here. Photograph the next one, or continue.",
                          "{0} pages are here. Photograph the next one, or continue.", pages),
                    words_number(page, pages));
    if (pages > 0)
        return fill(page,
                    say_n(page, "{0} page is photographed. Can everything be read?",
                          "{0} pages are photographed. Can everything be read?", pages),
                    words_number(page, pages));
    return say(page, "Looking up your photographs…");
}

static void state(Page *page, const PapersState *papers)
{
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "paper.state", state_words(page, papers),
                           style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_BRAND));

    node->icon = papers->set.state == PAPERS_OPENED ? "phone" : "eye";
    node->style.axis = AXIS_ROW;
    part_space(page, MM_G2);
}

static void ways(Page *page, const PapersState *papers)
{
    bool some = papers->set.pages > 0;

    part_grid(page, page->wide && page->inside > WAYS_MM * page->scale ? 2 : 1, MM_G);
    if (can_have_new_code(papers) && (some || papers->note != PAPERS_NOTE_NONE))
        part_way(page,
                 (Way){ "paper.new", some ? "redo" : "phone",
                        /* TRANSLATORS: buttons: photograph the paper once more; make a new code for the phone */
                        some ? say(page, "Take them again") : say(page, "New code"),
                        some ? say(page, "The photographs before are dropped") : "", ACT_PAPER_NEW, 0, !some, 34.0F });
    /* TRANSLATORS: button: a paper is brought to the office instead of being photographed */
    part_way(page, (Way){ "paper.window", "window", say(page, "Bring it to the window instead"), "", ACT_PAPER_WINDOW,
                          0, false, 34.0F });
    tree_close(page->tree);
}

void screen_paper(Page *page)
{
    const PapersState *papers = &page->visit->papers;
    const Field *field = model_question(page->model, NULL);
    bool offered = papers->note == PAPERS_NOTE_NONE && papers->set.state == PAPERS_OFFERED;
    bool awaited = papers->doing == CMD_PAPERS || offered;
    bool beside = awaited && page_two_columns(page); /* code and the way without it are in sight together */

    frame_open(page);
    /* TRANSLATORS: title over a code that a phone opens to photograph a paper; under it the question about that paper
     */
    frame_title(page, say(page, "Photograph the paper"), field ? words_local(page, &field->label) : "");
    part_space(page, MM_G2);
    if (beside)
        part_columns_open(page, CODE_SHARE);
    if (papers->note != PAPERS_NOTE_NONE)
        trouble(page, papers);
    else if (awaited)
        code(page, papers);
    else
        state(page, papers);
    pages(page, papers);
    if (beside)
        part_columns_next(page);
    ways(page, papers);
    if (beside)
        part_columns_close(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (papers->set.pages > 0 && papers->note == PAPERS_NOTE_NONE)
        part_main(page, "paper.next", say(page, "Continue"), "next", ACT_FORM_NEXT);
    frame_close(page);
}
