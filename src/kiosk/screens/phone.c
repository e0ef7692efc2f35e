/* The copy on a phone: the code, the two digits, what became of it. */
#include "kiosk/screens/build.h"

#include <string.h>

#include "wire/token.h"

#define CARD_WORDS_MM    112.0F /* beside the code, for text of 100 % */
#define BESIDE_WORDS_MM  100.0F
#define DIGITS_MM        96.0F
#define PHONE_MM         84.0F /* the picture of a phone, where there is room for it */
#define PICTURE_FROM_MM  300.0F
#define NEW_CODE_FROM_MM 125.0F
#define LARGE_TEXT       1.5F
#define GROUPS_A_LINE    4 /* of the address, so that no line is wider than a card */
#define GROUP_CHARS      5 /* with its hyphen */

/* --- the code ----------------------------------------------------------------------------------------------------- */

/* "hujjat.namuna.uz/d/", "7K3M-9QXD-2HVT-58WE-", "..." */
static void address_lines(Page *page, char host[API_PHONE_ADDRESS_SIZE], const char *lines[2])
{
    Str rest = str_from(page->visit->phone.link.address);
    char grouped[TOKEN_GROUPED_SIZE] = "";
    Token token;
    size_t at = 0;

    (void)str_split(&rest, '/'), (void)str_split(&rest, '/');
    Str name = str_split(&rest, '/');
    for (; at < name.len && at < API_PHONE_ADDRESS_SIZE - 4; at++)
        host[at] = (char)(name.ptr[at] >= 'A' && name.ptr[at] <= 'Z' ? name.ptr[at] - 'A' + 'a' : name.ptr[at]);
    memcpy(host + at, "/d/", 4);
    (void)str_split(&rest, '/');
    if (token_parse(rest, &token))
        token_grouped(&token, grouped);
    size_t cut = strlen(grouped) > GROUPS_A_LINE * GROUP_CHARS ? GROUPS_A_LINE * GROUP_CHARS : strlen(grouped);
    lines[0] = tree_format(page->tree, "%.*s", (int)cut, grouped);
    lines[1] = tree_text(page->tree, grouped + cut);
}

static void address(Page *page)
{
    char host[API_PHONE_ADDRESS_SIZE];
    const char *lines[2];

    if (!page->visit->phone.link.address[0])
        return;
    address_lines(page, host, lines);
    part_space(page, MM_G);
    /* TRANSLATORS: before the address that the QR code holds, for who types it */
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "The code opens:"));
    Node *node = tree_leaf(page->tree, ROLE_TEXT, "phone.address",
                           tree_format(page->tree, "%s\n%s\n%s", host, lines[0], lines[1]),
                           style_text(TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT));
    node->language = LANGUAGE_EN;
}

static void step_row(Page *page, int number, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G, .align = ALIGN_BASELINE });
    part_text(page, TEXT_BODY, WEIGHT_BOLD, COLOUR_BRAND, fill(page, "{0}.", words_number(page, number)));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static void code(Page *page)
{
    float mm = model_qr_width(page->model);
    Style style = { .width = mm, .height = mm, .fill = COLOUR_PAPER, .border = COLOUR_LINE, .border_px = 1 };

    if (page->visit->phone.qr) {
        /* TRANSLATORS: spoken name of the QR code's picture */
        Node *node = tree_leaf(page->tree, ROLE_IMAGE, "phone.code", say(page, "QR code for your phone"), style);
        tree_set_image(page->tree, node, page->visit->phone.qr);
        return;
    }
    style.fill = COLOUR_TINT; /* its place, until it is there */
    style.align = ALIGN_CENTRE;
    style.justify = JUSTIFY_CENTRE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_mark(page, "phone", MM_BUTTON, COLOUR_BRAND);
    tree_close(page->tree);
}

static void code_words(Page *page, const char *title)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = MM_G });
    if (title[0])
        part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, title);
    if (!page->visit->phone.qr)
        tree_leaf(page->tree, ROLE_STATUS, "phone.waiting", say(page, "The code is being made…"),
                  style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_BRAND));
    /* TRANSLATORS: what to do with the QR code, in three steps */
    step_row(page, 1, say(page, "Point your phone’s camera at the code and open the page."));
    step_row(page, 2, say(page, "On your phone you will see two digits: type them here."));
    step_row(page, 3, say(page, "Touch “Download” on your phone."));
    address(page);
    tree_close(page->tree);
}

/* In a row where there is room for both; alone on a high glass the code stands over its words. */
static void code_on_card(Page *page, const char *title)
{
    float beside = page->inside - model_qr_width(page->model) - 3.0F * MM_G3;
    bool alone = title[0] == '\0';
    bool row = beside >= (page->wide ? BESIDE_WORDS_MM : CARD_WORDS_MM) * page->scale && (page->wide || !alone);
    Style style = style_card(MM_G3);

    style.axis = row ? AXIS_ROW : AXIS_COLUMN;
    style.align = ALIGN_CENTRE;
    style.gap = row ? MM_G3 : alone ? MM_G4 : MM_G2;
    if (alone && !row)
        style.pad_top = style.pad_bottom = MM_G4;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE });
    code(page);
    tree_close(page->tree);
    code_words(page, title);
    tree_close(page->tree);
}

void phone_code_card(Page *page)
{
    /* TRANSLATORS: title beside the QR code on the last screen: besides the paper */
    code_on_card(page, say(page, "On your phone too"));
}

/* --- what became of it -------------------------------------------------------------------------------------------- */

typedef struct Outcome {
    const char *icon;
    Colour fill, ink;
    const char *title, *text;
} Outcome;

static const Outcome note_outcomes[] = {
    [PHONE_NOTE_NONE] = { "phone", COLOUR_TINT, COLOUR_BRAND, "", "" },
    /* TRANSLATORS: titles and texts: why the phone gets no copy with this code */
    [PHONE_NOTE_WRONG] = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, N_("These are not your phone’s digits"),
                           N_("This code is worth nothing now, so that nobody else takes your document. You can make a "
                              "new one.") },
    [PHONE_NOTE_LATE] = { "clock", COLOUR_WARN_TINT, COLOUR_WARN, N_("The time for this code is over"),
                          N_("Nothing was taken. You can make a new one.") },
    [PHONE_NOTE_ENDED] = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, N_("This code works no more"),
                           N_("Nothing was taken. You can make a new one.") },
    [PHONE_NOTE_AWAY] = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, N_("No code could be made just now"),
                          N_("Your document is registered and kept. Try again in a moment.") },
    [PHONE_NOTE_LIMIT] = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, N_("No more codes in this visit"),
                           N_("Too many came to nothing. Your document is registered: print it from “My requests”, or "
                              "sign in once more.") },
    [PHONE_NOTE_REFUSED] = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, N_("This document can’t go to a phone"),
                             N_("It may have been withdrawn. The registrar’s office knows more.") },
};
static_assert(COUNT(note_outcomes) == PHONE_NOTE_COUNT, "one row per PhoneNote");

static Outcome outcome_of(Page *page)
{
    const PhoneState *phone = &page->visit->phone;
    Outcome outcome = note_outcomes[phone->note];

    if (phone->link.withdrawn)
        return (Outcome){ "check", COLOUR_TINT, COLOUR_BRAND,
                          /* TRANSLATORS: the student took the copy on the phone back */
                          say(page, "The copy is withdrawn"),
                          say(page, "Whoever checks it reads that it is not valid.") };
    if (phone->note != PHONE_NOTE_NONE) {
        outcome.title = say(page, outcome.title);
        outcome.text = say(page, outcome.text);
        return outcome;
    }
    if (phone->link.state == PHONE_USED)
        return (Outcome){ "check", COLOUR_GOOD_TINT, COLOUR_GOOD,
                          /* TRANSLATORS: {0} a time such as 14:32: the phone has the document */
                          fill(page, say(page, "Taken at {0}"), words_time(page, phone->link.taken_at_s * 1000)),
                          phone->link.code[0]
                              ? say(page, "Your document is on your phone as a PDF, with a code of its own.")
                              : say(page, "Your document is on your phone as a PDF.") };
    return (Outcome){ "check", COLOUR_GOOD_TINT, COLOUR_GOOD,
                      /* TRANSLATORS: the two digits were right: the phone may take the document */
                      say(page, "Allowed"), say(page, "Now touch “Download” on your phone: you have five minutes.") };
}

static void outcome_head(Page *page, const Outcome *outcome)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_plate(page, (Plate){ outcome->icon, 30.0F, 18.0F, outcome->fill, outcome->ink, true });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 2.0F });
    /* At the largest size one Uzbek word of it is wider than a glass is. */
    TextRole role = page->scale > LARGE_TEXT ? TEXT_HEADING : TEXT_TITLE;
    tree_leaf(page->tree, ROLE_HEADING, "title", outcome->title, style_text(role, WEIGHT_OF_ROLE, outcome->ink));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, outcome->text);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void numbers(Page *page)
{
    const Visit *visit = page->visit;

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(MM_G3));
    part_fact(page, "doc", words_service(page, visit->service),
              /* TRANSLATORS: {0} the paper's number, {1} its check code */
              fill(page, say(page, "№ {0} · code {1}"), visit->issue.paper.number, visit->phone.link.code));
    tree_close(page->tree);
}

static bool may_make_new(const PhoneState *phone)
{
    return phone->note != PHONE_NOTE_NONE && phone->note != PHONE_NOTE_LIMIT && phone->note != PHONE_NOTE_REFUSED;
}

/* On a high glass, so that what became of it is seen from afar. */
static void picture(Page *page, const Outcome *outcome)
{
    Style style = style_card(MM_G3);

    if (page_content_height(page) < PICTURE_FROM_MM * page->scale)
        return;
    part_space(page, MM_G3);
    style.align = ALIGN_CENTRE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_mark(page, "phone", PHONE_MM, outcome->ink);
    tree_close(page->tree);
}

static void unsaid(Page *page)
{
    if (!page->visit->phone.unsaid)
        return;
    part_space(page, MM_G2);
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                          /* TRANSLATORS: the registrar gave no answer to a touch */
                          say(page, "That did not get through. Try again in a moment."), "" });
}

static void ways(Page *page)
{
    const PhoneState *phone = &page->visit->phone;
    bool has_copy = phone->link.id[0] && phone->note == PHONE_NOTE_NONE && !phone->link.withdrawn;

    if (may_make_new(phone)) {
        part_space(page, MM_G3);
        /* TRANSLATORS: button: another QR code */
        part_way(page, (Way){ "phone.new", "redo", say(page, "Make a new code"), "", ACT_PHONE_NEW, 0, false, 56.0F });
    }
    if (!has_copy)
        return;
    part_space(page, MM_G3);
    Node *node = part_way(page, (Way){ "phone.withdraw", "minus",
                                       /* TRANSLATORS: button: the copy on the phone is to be valid no more */
                                       say(page, "Withdraw the copy"),
                                       say(page, "If it went to the wrong phone, or you do not need it"),
                                       ACT_PHONE_WITHDRAW, 0, false, 56.0F });
    node->state |= phone->doing != CMD_NONE ? NODE_DISABLED : 0;
}

/* --- the bar ------------------------------------------------------------------------------------------------------ */

static void bar(Page *page)
{
    bool waiting = page->visit->waiting.command != CMD_NONE;

    frame_bar(page);
    bool beside_paper = model_paper_is_out(page->model); /* where one goes back to, "something else" is offered too */
    if (beside_paper)
        part_back(page);
    part_push(page);
    if (!waiting && !beside_paper)
        part_button(page, (Button){ BUTTON_SECOND, "phone.again", say(page, "Something else"), "plus", false,
                                    ACT_SOMETHING_ELSE, 0 });
    if (may_make_new(&page->visit->phone)) /* then that is the main thing */
        part_button(page, (Button){ BUTTON_SECOND, "phone.finish", say(page, "Finish"), "exit", false, ACT_FINISH, 0 });
    else
        part_main(page, "phone.finish", say(page, "Finish"), "exit", ACT_FINISH)->icon_after = false;
    frame_close(page);
}

/* --- the screen --------------------------------------------------------------------------------------------------- */

static void code_title(Page *page)
{
    const Service *service = model_service(page->model);
    bool issuing = page->visit->waiting.command != CMD_NONE;
    const char *how = service && service->from_hemis
                          ? say(page, "As a PDF, as HEMIS made it.")
                          : say(page, "As a PDF, which anyone can check as they check the paper.");

    /* TRANSLATORS: title over the QR code */
    frame_title(page, say(page, "Take it on your phone"),
                issuing ? say(page, "The document is being made ready.") : how);
    part_space(page, MM_G2);
}

/* A camera wants the whole code: on a wide glass it takes the height, and all words stand beside it. */
static void code_beside_words(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G3 });
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(MM_G2));
    code(page);
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    code_title(page);
    code_words(page, "");
    tree_close(page->tree);
    tree_close(page->tree);
}

static void screen_code(Page *page)
{
    frame_open(page);
    float beside = page->inside - model_qr_width(page->model) - 2.0F * MM_G2 - MM_G3;
    if (page->wide && beside >= BESIDE_WORDS_MM * page->scale)
        code_beside_words(page);
    else {
        code_title(page);
        code_on_card(page, "");
    }
    part_push(page);
    part_patience(page, say(page, "This takes longer than usual. You can wait or finish: nothing is lost."));
    bar(page);
}

static bool is_low(const Page *page)
{
    return page_typing_height(page) < NEW_CODE_FROM_MM * page->scale;
}

/* On a low glass it stands in the bar, as its icon. */
static void new_code(Page *page, bool in_bar)
{
    Button button = { BUTTON_SECOND, "phone.new", say(page, "Make a new code"), "redo", false, ACT_PHONE_NEW, 0 };

    if (is_low(page) != in_bar)
        return;
    if (in_bar)
        part_icon_button(page, button);
    else {
        part_space(page, MM_G);
        part_button(page, button);
    }
}

static void screen_digits(Page *page)
{
    const PhoneState *phone = &page->visit->phone;
    bool small = page_crowded(page) || is_low(page); /* then only the title says what is wanted, and the rest follows */
    Style style = { .text = small ? TEXT_HEADING : TEXT_DISPLAY,
                    .weight = WEIGHT_SEMIBOLD,
                    .tabular = true,
                    .max_width = DIGITS_MM * page->scale };
    /* TRANSLATORS: label of the field for two digits */
    const char *label = say(page, "Digits on your phone");
    /* TRANSLATORS: under the title where the phone's two digits are typed */
    const char *under = say(page, "One try, one minute. If your phone shows none, somebody else opened the code.");

    frame_open_typing(page);
    frame_title(page, say(page, "Type your phone’s two digits"), small ? "" : under);
    if (!is_low(page))
        part_space(page, MM_G);
    Node *node = tree_leaf(page->tree, ROLE_FIELD, "phone.digits", small ? "" : label, style);
    node->hint = small ? tree_text(page->tree, label) : "";
    node->value = tree_text(page->tree, phone->digits);
    node->state |= NODE_FILLING;
    unsaid(page);
    if (small) {
        part_space(page, MM_G);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    }
    new_code(page, false);
    part_patience(page, say(page, "This takes longer than usual. You can wait or finish: nothing is lost."));
    frame_keyboard(page);
    frame_bar(page);
    if (model_paper_is_out(page->model))
        part_back(page);
    else
        part_finish(page);
    new_code(page, true);
    part_push(page);
    /* TRANSLATORS: button: this phone may take the document */
    Node *main =
        part_main(page, "phone.allow", say(page, "Allow"), page->scale > LARGE_TEXT ? NULL : "check", ACT_PHONE_ALLOW);
    if (page_is_scarce(page)) /* one line, so that the bar stays low */
        main->style.pad_left = main->style.pad_right = MM_G;
    main->state |= strlen(phone->digits) < 2 || phone->doing != CMD_NONE ? NODE_DISABLED : 0;
    frame_close(page);
}

static void screen_outcome(Page *page)
{
    Outcome outcome = outcome_of(page);

    frame_open(page);
    outcome_head(page, &outcome);
    unsaid(page);
    picture(page, &outcome);
    if (page->visit->phone.link.id[0] && page->visit->phone.note == PHONE_NOTE_NONE) {
        part_space(page, MM_G3);
        numbers(page);
    }
    ways(page);
    part_push(page);
    part_patience(page, say(page, "This takes longer than usual. You can wait or finish: nothing is lost."));
    part_signed_out_in(page);
    bar(page);
}

void screen_phone(Page *page)
{
    const PhoneState *phone = &page->visit->phone;
    bool making = page->visit->waiting.command != CMD_NONE || phone->doing == CMD_PHONE_LINK;

    if (phone->note != PHONE_NOTE_NONE || phone->link.withdrawn)
        screen_outcome(page);
    else if (making || !phone->link.id[0] || phone->link.state == PHONE_OFFERED)
        screen_code(page);
    else if (phone->link.state == PHONE_OPENED)
        screen_digits(page);
    else
        screen_outcome(page);
}
