/* What happened, what that means for you, what you can do now, what we already did.  Words are one row of a table each.
 */
#include "kiosk/screens/build.h"

#include <assert.h>

#define WORDS_SHARE      0.42F  /* of the width, for what happened and what it means */
#define LOW_MM           170.0F /* lower content has no picture in two columns */
#define SHORT_MM         200.0F /* of content, for text of 100 % */
#define SHORT_COLUMN_MM  100.0F /* of two columns */
#define PICTURE_MM       110.0F
#define PICTURE_LEAST_MM 60.0F
#define PICTURE_HIGH     0.61F  /* of its width */
#define HEAD_WORDS_MM    150.0F /* beside the picture, for text of 100 % */

typedef struct FaultWords {
    const char *title; /* NULL: how the printer is */
    const char *under;
    const char *safe, *safe_text;   /* that nothing is lost; "" where there is nothing to lose */
    const char *again, *again_text; /* "try again"; NULL: that would not help */
} FaultWords;

#define SAME_PAPER N_("The same paper is never counted twice.")
#define TRY_AGAIN  N_("Try again")

static const FaultWords fault_words[] = {
    [FAULT_NONE] = { "", "", "", "", NULL, "" },
    /* TRANSLATORS: from here on screens that tell of a fault: title, sentence, assurance, its sentence, button, line on
       the button */
    [FAULT_AWAY] = { N_("No connection with the registrar’s office"),
                     N_("We do not know whether your request has arrived there."), N_("Trying again is safe"),
                     SAME_PAPER, TRY_AGAIN, "" },
    [FAULT_BUSY] = { N_("The registrar’s office is very busy"), N_("Its computer could not do this just now."),
                     N_("Trying again is safe"), SAME_PAPER, TRY_AGAIN, N_("Often it works after a moment") },
    [FAULT_LIMIT] = { N_("Too many requests at once"), N_("You can try again at {0}."), "", "", TRY_AGAIN, "" },
    [FAULT_REFUSED] = { N_("This paper can’t be made here"),
                        N_("A member of staff has to look at it together with you."), N_("Nothing was counted"),
                        N_("None of today’s copies was used up."), NULL, "" },
    [FAULT_NOT_ALLOWED] = { N_("This paper is not available to you now"), N_("A member of staff can tell you why."),
                            N_("Nothing was counted"), N_("None of today’s copies was used up."), NULL, "" },
    [FAULT_HEMIS] = { N_("HEMIS does not answer"), N_("It makes this paper, and has to be asked for it."),
                      N_("Trying again is safe"), SAME_PAPER, TRY_AGAIN, N_("Often it works after a few minutes") },
    [FAULT_NO_PAPER] = { N_("HEMIS has no such paper of yours"),
                         N_("It gives only what has been put there for you. A member of staff can tell you more."),
                         N_("Nothing was counted"), N_("None of today’s copies was used up."), NULL, "" },
    [FAULT_TOO_LARGE] = { N_("The text is too long for this paper"), N_("So many words do not fit into its QR code."),
                          N_("Nothing was counted"), N_("None of today’s copies was used up."), NULL, "" },
    [FAULT_PRINTER_BEFORE] = { NULL, N_("Nothing was printed."), N_("Nothing was counted"),
                               N_("None of today’s copies was used up."), TRY_AGAIN, N_("The printer is asked first") },
    [FAULT_PRINTER_DURING] = { NULL, "", N_("Your document is safe"),
                               N_("It is registered and kept. It goes on by itself when the printer works again."),
                               NULL, "" },
    [FAULT_NOT_SENT] = { NULL, N_("Not one page was sent to the printer."), N_("Your document is safe"),
                         N_("It is registered and kept, and counts only once."), TRY_AGAIN,
                         N_("The printer is asked first") },
    [FAULT_LATE] = { N_("That took too long"), N_("The page came too late and was not printed."),
                     N_("Your document is safe"), N_("It is registered and kept, and counts only once."), TRY_AGAIN,
                     N_("Often it works after a moment") },
    [FAULT_HANDED_OUT] = { N_("This paper was given out already"), N_("The kiosk can’t give it out once more."),
                           N_("Your document is safe"), N_("The registrar’s office can give you another copy."), NULL,
                           "" },
    [FAULT_ALREADY_OPEN] = { N_("You have asked for this paper already"), N_("Shall it be printed once more?"), "", "",
                             N_("Print again"), N_("The new copy replaces the one before") },
    [FAULT_ASK_AGAIN] = { N_("Is this paper really lost?"),
                          N_("We do not know whether it came out. Please look for it first."), "", "",
                          N_("Print again"), N_("The new copy replaces the one before") },
    [FAULT_HELD] = { N_("The registrar’s office keeps this paper"), N_("A member of staff has to release it."),
                     N_("Your document is safe"), N_("It is registered and kept, and counts only once."), NULL, "" },
    [FAULT_STOPPED] = { N_("The printing was stopped"), N_("Nothing came out of the printer."),
                        N_("Your document is safe"), N_("You find it under “My requests”."), N_("Print after all"),
                        "" },
    [FAULT_GIVEN_UP] = { N_("The printer has given up"), N_("Nothing came out of it."), N_("Your document is safe"),
                         N_("You get a new copy, free of charge."), N_("Print again"),
                         N_("The new copy replaces the one before") },
    [FAULT_PARTLY] = { N_("Not all pages came out"), N_("Please keep or tear up what came out: it will not be valid."),
                       N_("Your document is safe"), N_("You get a whole new copy, free of charge."), N_("Print again"),
                       N_("The new copy replaces the incomplete one") },
    [FAULT_UNKNOWN] = { N_("Did your paper come out?"),
                        N_("The printer does not tell us. Please look where the paper lies."),
                        N_("Your document is safe"), N_("It is registered and kept, and counts only once."), NULL, "" },
    [FAULT_NOT_OUT] = { N_("Then we put it right"), N_("Your paper did not come out."), N_("Your document is safe"),
                        N_("You get a new copy, free of charge."), N_("Print again"),
                        N_("The new copy replaces the one before") },
    [FAULT_PAPER_BEFORE] = { N_("The printer is busy with a paper before yours"),
                             N_("Yours follows by itself as soon as that one is out."), N_("Nothing was counted"),
                             N_("None of today’s copies was used up."), NULL, "" },
};
static_assert(COUNT(fault_words) == FAULT_KIND_COUNT, "words for every fault");

/* Of a registrar that was asked to look something up: nothing can have happened there.  The last two: it has made the
 * document, and the page did not come; a request may be withdrawn or not. */
static const struct {
    CmdKind asked;
    const char *under, *safe, *safe_text;
} away_words[] = {
    /* TRANSLATORS: the registrar's office can't be reached: what that means, assurance, its sentence */
    { CMD_SIGN_IN, N_("The kiosk could not sign you in."), N_("Nothing is lost"), N_("What you typed is kept.") },
    { CMD_HOME, N_("Your services have not come."), N_("Nothing is lost"), N_("You stay signed in.") },
    { CMD_STUDY, N_("What your record says has not come."), N_("Nothing is lost"), N_("You stay signed in.") },
    { CMD_LOOKS, N_("What your record says has not come."), N_("Nothing is lost"), N_("You stay signed in.") },
    { CMD_DRAFT_OPEN, N_("The form that you began has not come."), N_("Nothing is lost"),
      N_("It is kept at the registrar’s office.") },
    { CMD_PREVIEW, N_("The picture of your paper has not come."), N_("Nothing is lost"),
      N_("Your answers are kept, and nothing was counted.") },
    { CMD_PAGE, N_("Your document has not come yet."), N_("Your document is safe"),
      N_("It is registered and kept, and counts only once.") },
    { CMD_WITHDRAW, N_("We do not know whether your request is withdrawn."), N_("Trying again is safe"),
      N_("A request is withdrawn only once.") },
};

/* What a printer shows, and what puts it right: a student does what needs no key and no courage. */
static const struct {
    const char *picture, *mend;
} printer_words[] = {
    [PRINTER_UNASKED] = { "picture-printer", "" },
    [PRINTER_READY] = { "picture-printer", "" },
    /* TRANSLATORS: what has to be done about a printer */
    [PRINTER_OFF] = { "picture-printer-off",
                      N_("It may be switched off or unplugged. A member of staff can see to it.") },
    [PRINTER_NO_PAPER] = { "picture-printer-no-paper", N_("A member of staff puts paper into the tray.") },
    [PRINTER_JAMMED] = { "picture-printer-jam", N_("A member of staff takes the sheet out. Please do not pull it.") },
    [PRINTER_OPEN] = { "picture-printer-open", N_("Please close its cover until it clicks.") },
    [PRINTER_NO_TONER] = { "picture-printer-toner", N_("A member of staff changes the cartridge.") },
    [PRINTER_NO_TRAY] = { "picture-printer-tray", N_("Please push the paper tray in until it clicks.") },
    [PRINTER_PAUSED] = { "picture-printer-fault",
                         N_("It is paused or does something else. Often it goes on after a moment.") },
    [PRINTER_TROUBLE] = { "picture-printer-fault", N_("A member of staff has to look at it.") },
};
static_assert(COUNT(printer_words) == PRINTER_CONDITION_COUNT, "words and a picture for every condition");

static bool of_printer(FaultKind kind)
{
    return kind == FAULT_PRINTER_BEFORE || kind == FAULT_PRINTER_DURING || kind == FAULT_NOT_SENT;
}

/* Another visit's paper of which nobody knows: the student is asked to look. */
static bool asks_to_look(const Page *page)
{
    return page->visit->fault.kind == FAULT_PAPER_BEFORE && page->model->paper.phase == PRINT_PHASE_UNKNOWN;
}

static bool printer_is_well(const Page *page)
{
    return of_printer(page->visit->fault.kind) && !printer_blocked(page->visit->fault.condition);
}

/* --- what happened --------------------------------------------------------------------------------------------------
 */

static const char *title_words(Page *page)
{
    const FaultState *fault = &page->visit->fault;

    if (asks_to_look(page))
        /* TRANSLATORS: asked of a student who wants to print while somebody else's paper may still lie in the printer
         */
        return say(page, "Please look into the printer first");
    if (fault->is_over)
        /* TRANSLATORS: title, after the registrar's office could not be reached */
        return say(page, "The connection is back");
    if (fault_words[fault->kind].title)
        return say(page, fault_words[fault->kind].title);
    if (!printer_is_well(page))
        return words_printer(page, fault->condition);
    /* It said so itself, of this document: what it says of itself was never in its way. */
    if (fault->kind == FAULT_NOT_SENT && page->model->paper.condition == PRINTER_PAUSED)
        return say(page, "The printer did not take the document");
    /* TRANSLATORS: title, after the printer was out of order */
    return say(page, "The printer works again");
}

/* Of away_words; their count: something was asked for that may have happened. */
static size_t looked_up_row(const Page *page)
{
    const FaultState *fault = &page->visit->fault;
    CmdKind asked = fault->retry == CMD_ISSUE && page->visit->issue.issued ? CMD_PAGE : fault->retry;
    size_t i = 0;

    while (i < COUNT(away_words) && (fault->kind != FAULT_AWAY || asked != away_words[i].asked))
        i++;
    return i;
}

static const char *under_words(Page *page)
{
    const FaultState *fault = &page->visit->fault;
    const IssueState *issue = &page->visit->issue;

    if (asks_to_look(page))
        /* TRANSLATORS: nobody may walk off with somebody else's document */
        return say(page,
                   "A paper of somebody else may lie there. Please do not take it along: hand it in at the window.");
    if (fault->is_over)
        return say(page, "You can go on where you were.");
    size_t looked_up = looked_up_row(page);
    if (looked_up < COUNT(away_words))
        return say(page, away_words[looked_up].under);
    if (fault->kind == FAULT_LIMIT)
        return fill(page, say(page, fault_words[fault->kind].under), words_time(page, fault->retry_at_ms + 59999));
    if (fault->kind == FAULT_ALREADY_OPEN && issue->issued)
        /* TRANSLATORS: {0}: number of the paper that was asked for before */
        return fill(page, say(page, "It has the number {0}. Shall it be printed once more?"), issue->paper.number);
    if (fault->kind != FAULT_PRINTER_DURING)
        return say(page, fault_words[fault->kind].under);
    if (fault->condition == PRINTER_OFF)
        /* TRANSLATORS: the printer went silent while it had a document */
        return say(page, "We do not know yet how far it came.");
    int next = fault->sheets > 0 ? fault->sheets + 1 : 1;
    /* TRANSLATORS: {0}: number of the page that waits */
    return fill(page, say(page, "Page {0} is not printed yet."), words_number(page, next));
}

static void chip(Page *page)
{
    const FaultState *fault = &page->visit->fault;
    const IssueState *issue = &page->visit->issue;

    if ((fault->kind != FAULT_PRINTER_DURING && fault->kind != FAULT_PARTLY) || fault->sheets < 1)
        return;
    /* TRANSLATORS: {0} pages came out of {1} */
    const char *words = fill(page, say(page, "{0} of {1} pages came out"), words_number(page, fault->sheets),
                             words_number(page, issue->paper.pages));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW });
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = 2.0F,
                    .height = 12.0F,
                    .corner = 6.0F,
                    .pad_left = 4.0F,
                    .pad_right = 4.0F,
                    .fill = COLOUR_WARN_TINT,
                    .ink = COLOUR_WARN,
                    .text = TEXT_CAPTION,
                    .weight = WEIGHT_SEMIBOLD,
                    .icon_size = 7.0F };
    tree_leaf(page->tree, ROLE_TEXT, NULL, words, style)->icon = "warn";
    tree_close(page->tree);
    part_space(page, 5.0F);
}

static const char *picture_of(const Page *page)
{
    const FaultState *fault = &page->visit->fault;

    if (fault->kind == FAULT_UNKNOWN || fault->kind == FAULT_NOT_OUT || fault->kind == FAULT_PAPER_BEFORE ||
        fault->kind == FAULT_ASK_AGAIN || printer_is_well(page))
        return "picture-printer";
    if (fault->kind == FAULT_PARTLY)
        return "picture-printer-fault";
    if (fault->kind == FAULT_GIVEN_UP)
        return "picture-printer-fault";
    return of_printer(fault->kind) ? printer_words[fault->condition].picture : NULL;
}

static void head_words(Page *page)
{
    TextRole role = page_is_tight(page) ? TEXT_HEADING : TEXT_TITLE;

    chip(page);
    tree_leaf(page->tree, ROLE_ALERT, "title", title_words(page), style_text(role, WEIGHT_BOLD, COLOUR_NONE));
    part_space(page, 3.0F);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, under_words(page));
}

/* What it looks like, as wide as `mm` at most. */
static void head_picture(Page *page, float mm)
{
    const char *picture = picture_of(page);

    if (picture)
        tree_leaf(page->tree, ROLE_IMAGE, NULL, "", (Style){ .width = mm, .height = mm * PICTURE_HIGH })->icon =
            picture;
    else if (page->visit->fault.is_over)
        part_plate(page, (Plate){ "check", 36.0F, 21.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, true });
    else
        part_plate(page, (Plate){ "warn", 36.0F, 21.0F, COLOUR_WARN_TINT, COLOUR_WARN, true });
}

/* The picture stands above the words in two columns, else beside them; where there is no room for it, words alone. */
static void head(Page *page)
{
    float beside = page->inside - MM_G2 - HEAD_WORDS_MM * page->scale;
    float mm = beside < PICTURE_MM ? beside : PICTURE_MM;

    if (page_two_columns(page)) {
        if (page_content_height(page) >= LOW_MM) {
            tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW });
            head_picture(page, PICTURE_MM);
            tree_close(page->tree);
            part_space(page, MM_G3);
        }
        head_words(page);
        return;
    }
    if (mm < PICTURE_LEAST_MM || page_content_height(page) < LOW_MM) {
        head_words(page);
        return;
    }
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G2));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    head_words(page);
    tree_close(page->tree);
    head_picture(page, mm);
    tree_close(page->tree);
}

/* So little is in sight at once that the ways on come first: what one can do is not scrolled for. */
static bool is_short(const Page *page)
{
    return page_content_height(page) < (page_two_columns(page) ? SHORT_COLUMN_MM : SHORT_MM) * page->scale;
}

/* Between the parts: less where the glass is low. */
static void part_gap(Page *page)
{
    part_space(page, page_content_height(page) < 2.0F * LOW_MM ? MM_G2 : MM_G4);
}

/* --- what it means --------------------------------------------------------------------------------------------------
 */

static void assurance(Page *page)
{
    const FaultWords *words = &fault_words[page->visit->fault.kind];
    bool kept = page->visit->issue.issued && page->visit->fault.kind == FAULT_PRINTER_BEFORE;
    bool perhaps = !page->visit->issue.issued && page->visit->fault.kind == FAULT_STOPPED;
    const char *title = kept ? N_("Your document is safe") : perhaps ? N_("Nothing is lost") : words->safe;
    const char *text = kept      ? N_("It is registered and kept, and counts only once.")
                       : perhaps ? N_("If it was registered already, you find it under “My requests”.")
                                 : words->safe_text;
    size_t looked_up = looked_up_row(page);

    if (looked_up < COUNT(away_words)) {
        title = away_words[looked_up].safe;
        text = away_words[looked_up].safe_text;
    }
    if (page->visit->fault.kind == FAULT_PRINTER_DURING && page->visit->fault.condition == PRINTER_OFF)
        text = N_("It is registered and kept. When the printer answers again, the kiosk asks it what came out.");

    if (!title[0])
        return;
    part_gap(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_STRETCH, .gap = 5.5F });
    tree_leaf(page->tree, ROLE_GROUP, NULL, "", (Style){ .width = 1.5F, .fill = COLOUR_GOOD });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 2.0F });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, title));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, text));
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- what you can do ------------------------------------------------------------------------------------------------
 */

static void way(Page *page, Way way)
{
    way.mm = 56.0F;
    part_way(page, way);
}

static void way_again(Page *page)
{
    const FaultState *fault = &page->visit->fault;
    const FaultWords *words = &fault_words[fault->kind];
    bool asking = page->visit->waiting.command == CMD_ASK_PRINTER;
    bool early = page->model->wall_ms < fault->retry_at_ms;
    /* TRANSLATORS: on the button "Try again", while the printer's answer is awaited */
    bool tells = words->again_text[0] && !printer_is_well(page) && !fault->is_over;
    const char *text = asking ? say(page, "Asking the printer…") : tells ? say(page, words->again_text) : "";

    if (!words->again)
        return;
    const char *title = printer_is_well(page) ? say(page, "Print")
                        /* TRANSLATORS: button: what was interrupted goes on */
                        : fault->is_over ? say(page, "Go on")
                                         : say(page, words->again);
    Node *node = part_way(page, (Way){ "fault.again", "redo", title, text, ACT_TRY_AGAIN, 0, true, 56.0F });
    node->state |= asking || early ? NODE_DISABLED : 0;
}

/* The printer has a document and stands still: it is put right and goes on, or the student stops it. */
static void ways_during(Page *page)
{
    PrinterCondition condition = page->visit->fault.condition;
    const char *mend = printer_words[condition].mend;
    const char *wait = condition == PRINTER_OFF ? say(page, "Wait: the kiosk goes on asking it")
                                                : say(page, "Wait: it goes on by itself");
    bool stopping = page->model->paper.stopping;

    part_notice(page, ROLE_TEXT, (Notice){ "clock", COLOUR_TINT, COLOUR_BRAND, wait, mend[0] ? say(page, mend) : "" });
    Node *node = part_way(page, (Way){ "printing.stop", "exit", say(page, "Stop the printing"),
                                       stopping ? say(page, "Stopping…") : "", ACT_STOP, 0, false, 56.0F });
    node->state |= stopping ? NODE_DISABLED : 0;
}

/* Nothing was printed for want of the printer: what it needs. */
static void notice_before(Page *page)
{
    FaultKind kind = page->visit->fault.kind;
    const char *mend = printer_words[page->visit->fault.condition].mend;

    if ((kind == FAULT_PRINTER_BEFORE || kind == FAULT_NOT_SENT) && mend[0])
        part_notice(page, ROLE_TEXT, (Notice){ "print", COLOUR_TINT, COLOUR_BRAND, say(page, mend), "" });
}

static void ways(Page *page)
{
    FaultKind kind = page->visit->fault.kind;
    const char *office = words_open(page);

    if (!page_two_columns(page))
        part_gap(page);
    /* TRANSLATORS: label over the ways on from a fault */
    part_label(page, say(page, "What you can do now"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_column(MM_G));
    if (!is_short(page))
        notice_before(page);
    way_again(page);
    if (is_short(page))
        notice_before(page);
    if (kind == FAULT_UNKNOWN) {
        /* TRANSLATORS: the two answers to "did your paper come out?" */
        way(page, (Way){ "unknown.came-out", "check", say(page, "Yes, I have it"), say(page, "All pages are there"),
                         ACT_CAME_OUT, 0, true, 0 });
        way(page, (Way){ "unknown.did-not", "minus", say(page, "No, it is not there"),
                         say(page, "Nothing, or not all pages"), ACT_DID_NOT, 0, false, 0 });
    }
    if (asks_to_look(page))
        /* TRANSLATORS: the student looked into the printer's tray */
        way(page, (Way){ "fault.looked", "eye", say(page, "I looked: the printer is empty"),
                         say(page, "Then yours is printed"), ACT_LOOKED, 0, true, 0 });
    if (fault_offers_phone(page->model))
        way(page, (Way){ "fault.phone", "phone", say(page, "To my phone"), say(page, "Without paper, as a PDF"),
                         ACT_TO_PHONE, 0, false, 0 });
    if (kind == FAULT_TOO_LARGE)
        way(page, (Way){ "fault.change", "edit", say(page, "Change the answers"), say(page, "A shorter text fits"),
                         ACT_BACK, 0, true, 0 });
    if (kind == FAULT_NO_PAPER && page->visit->answers.count > 0)
        /* TRANSLATORS: of several papers that HEMIS may have, the one that was asked for is not there */
        way(page, (Way){ "fault.change", "edit", say(page, "Choose another paper"), "", ACT_BACK, 0, true, 0 });
    if (kind == FAULT_PRINTER_DURING)
        ways_during(page);
    /* TRANSLATORS: way on from a fault: the registrar’s office, where people serve */
    way(page, (Way){ "fault.window", "place", say(page, "Go to the window"), office, ACT_WINDOW, 0, false, 0 });
    tree_close(page->tree);
}

/* --- what we did ----------------------------------------------------------------------------------------------------
 */

typedef struct Deed {
    const char *words;
    bool goes_on;
} Deed;

typedef struct Deeds {
    Deed list[3];
    size_t count;
} Deeds;

static void add_deed(Deeds *deeds, const char *words, bool goes_on)
{
    assert(deeds->count < COUNT(deeds->list));
    deeds->list[deeds->count++] = (Deed){ words, goes_on };
}

static void deed_row(Page *page, const Deed *deed)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_icon(page, deed->goes_on ? "redo" : "check", 9.0F, deed->goes_on ? COLOUR_BRAND : COLOUR_GOOD);
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, deed->words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static Deeds deeds_of(Page *page)
{
    const FaultState *fault = &page->visit->fault;
    const IssueState *issue = &page->visit->issue;
    Deeds deeds = { .count = 0 };

    if (issue->issued && !issue->from_home)
        /* TRANSLATORS: {0} a time, {1} the paper's number */
        add_deed(&deeds,
                 fill(page, say(page, "{0} – № {1} is registered and kept for you"),
                      words_time(page, issue->issued_at_ms), issue->paper.number),
                 false);
    if (fault->kind == FAULT_PRINTER_DURING && fault->sheets > 0)
        /* TRANSLATORS: {0}: how many pages */
        add_deed(&deeds,
                 fill(page,
                      say_n(page, "{0} page is counted and will not come twice",
                            "{0} pages are counted and will not come twice", fault->sheets),
                      words_number(page, fault->sheets)),
                 false);
    if (fault->kind == FAULT_AWAY && !fault->is_over)
        add_deed(&deeds, say(page, "The kiosk keeps looking for the connection by itself"), true);
    if ((fault->kind == FAULT_PRINTER_BEFORE || fault->kind == FAULT_NOT_SENT) && !printer_is_well(page))
        add_deed(&deeds, say(page, "The kiosk watches the printer: when it works again, you read it here"), true);
    return deeds;
}

static void what_we_did(Page *page)
{
    Deeds deeds = deeds_of(page);
    Style card = style_card(page->wide ? MM_G2 : 10.0F);

    if (deeds.count == 0)
        return;
    card.gap = page->wide ? MM_G : 7.0F;
    part_push(page);
    part_gap(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    /* TRANSLATORS: label over a list of what is done already, and what the kiosk goes on doing */
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT, say(page, "What we do for you"));
    for (size_t i = 0; i < deeds.count; i++)
        deed_row(page, &deeds.list[i]);
    tree_close(page->tree);
}

/* --- screens --------------------------------------------------------------------------------------------------------
 */

static void bar(Page *page)
{
    const Visit *visit = page->visit;
    FaultKind kind = visit->fault.kind;

    frame_bar(page);
    if (kind == FAULT_PRINTER_DURING) { /* the paper owns the glass until it is out or stopped */
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "You stay signed in while it waits."));
        frame_close(page);
        return;
    }
    if (!visit->signed_in || (kind == FAULT_PRINTER_BEFORE && visit->preview.png))
        part_back(page);
    else if (kind != FAULT_UNKNOWN)
        /* TRANSLATORS: button: to the list of all services */
        part_button(page,
                    (Button){ BUTTON_SECOND, "fault.home", say(page, "All services"), "back", false, ACT_HOME, 0 });
    part_push(page);
    part_finish(page);
    frame_close(page);
}

void screen_fault(Page *page)
{
    frame_open(page);
    part_columns_open(page, WORDS_SHARE);
    head(page);
    bool above = !is_short(page) || page_two_columns(page);
    if (above)
        assurance(page);
    part_columns_next(page);
    ways(page);
    if (!above)
        assurance(page);
    what_we_did(page);
    part_columns_close(page);
    bar(page);
}

void screen_fault_window(Page *page)
{
    const IssueState *issue = &page->visit->issue;
    Style card = style_card(10.0F);

    frame_open(page);
    /* TRANSLATORS: title of the page that tells where people serve */
    frame_title(page, say(page, "You get help at the window"),
                say(page, "A member of staff of the registrar’s office helps you."));
    part_space(page, MM_G3);
    card.gap = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_fact(page, "clock", say(page, "When"), words_open(page));
    part_line(page);
    part_fact(page, "person", say(page, "What to bring"), say(page, "Your student card or passport"));
    part_line(page);
    /* TRANSLATORS: label: what to tell the member of staff */
    part_fact(page, "window", say(page, "What to say"), title_words(page));
    if (issue->issued) {
        part_line(page);
        part_fact(page, "doc", say(page, "Number of your document"), issue->paper.number);
    }
    tree_close(page->tree);
    part_ticket_way(page);
    frame_bar(page);
    part_back(page);
    if (page->visit->fault.kind != FAULT_PRINTER_DURING) {
        part_push(page);
        part_finish(page);
    }
    frame_close(page);
}
