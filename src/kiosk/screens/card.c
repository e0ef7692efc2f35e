/* A card: its PIN, to sign in or to be set; "my card". */
#include "kiosk/screens/build.h"

#include <string.h>

#define PICTURE_MM 96.0F

static const char *note_words(Page *page)
{
    const CardState *card = &page->visit->card;

    switch (card->note) {
    case CARD_NOTE_NONE: return "";
    /* TRANSLATORS: the next ones: why a card and its PIN came to nothing */
    case CARD_NOTE_WRONG: return say(page, "The PIN is not right, or nobody signs in with this card.");
    case CARD_NOTE_LIMITED:
        if (page->model->wall_ms >= card->wait_until_ms)
            return say(page, "You can try again now.");
        return fill(page, say(page, "Too many attempts. You can try again at {0}, or ask at the registrar’s office."),
                    words_time(page, card->wait_until_ms + 59999));
    case CARD_NOTE_BLOCKED: return say(page, "This card is blocked. Sign in with your password and set a new PIN.");
    case CARD_NOTE_PULLED: return say(page, "The card was taken out too early. Nothing happened.");
    case CARD_NOTE_UNREADABLE: return say(page, "This card can’t be used for signing in.");
    case CARD_NOTE_NUMBER: return say(page, "This is a number that other people know, not a card.");
    case CARD_NOTE_DIFFERENT: return say(page, "The two PINs are not the same. Choose one again.");
    case CARD_NOTE_EASY: return say(page, "This PIN is easy to guess. Choose another one.");
    case CARD_NOTE_TAKEN: return say(page, "Another student signs in with this card.");
    case CARD_NOTE_DENIED: return say(page, "To set a PIN, sign in with your password or your phone.");
    case CARD_NOTE_AWAY: return say(page, "No answer just now. Try again in a moment.");
    case CARD_NOTE_DONE: return say(page, "Done: from now on you can sign in with this card and its PIN.");
    case CARD_NOTE_COUNT: break;
    }
    return "";
}

static bool is_waiting(const Page *page)
{
    const CmdKind command = page->visit->waiting.command;

    return command == CMD_CARD_SIGN_IN || command == CMD_CARD || command == CMD_CARD_SET || command == CMD_CARD_BLOCK;
}

static void note(Page *page)
{
    const CardNote note = page->visit->card.note;
    const char *words = note_words(page);

    if (is_waiting(page)) {
        Node *node = tree_leaf(page->tree, ROLE_STATUS, "card.waiting", say(page, "One moment…"),
                               style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
        node->icon = "clock";
        node->style.axis = AXIS_ROW;
        part_patience(page, say(page, "This takes longer than usual. You can wait, or go back and try later."));
        part_space(page, MM_G);
        return;
    }
    if (!words[0])
        return;
    const bool good = note == CARD_NOTE_DONE;
    Node *node = part_notice(page, good ? ROLE_STATUS : ROLE_ALERT,
                             (Notice){ good ? "check" : "warn", good ? COLOUR_GOOD_TINT : COLOUR_BAD_TINT,
                                       good ? COLOUR_GOOD : COLOUR_BAD, words, "" });
    str_copy_cut(str_from("card.note"), node->id, sizeof node->id);
    part_space(page, MM_G);
}

/* --- the PIN ------------------------------------------------------------------------------------------------------ */

typedef struct PinWords {
    const char *title, *under, *button;
} PinWords;

static PinWords pin_words(Page *page)
{
    switch (page->visit->card.step) {
    case CARD_STEP_NEW:
        return (PinWords){ say(page, "Choose a PIN for your card"),
                           say(page, "Four to six digits that nobody else knows: not your birthday, not 1234."),
                           say_in(page, "button", "Next") };
    case CARD_STEP_AGAIN: return (PinWords){ say(page, "Type the PIN once more"), "", say_in(page, "button", "Done") };
    case CARD_STEP_PIN:
    case CARD_STEP_MINE:
    case CARD_STEP_BLOCK:
    case CARD_STEP_HOLD:
    case CARD_STEP_COUNT: break;
    }
    return (PinWords){ say(page, "Type your card’s PIN"), say(page, "Five wrong PINs block the card."),
                       say_in(page, "button", "Sign in") };
}

static void screen_pin(Page *page)
{
    const CardState *card = &page->visit->card;
    const PinWords words = pin_words(page);
    const bool small = page_crowded(page);
    /* TRANSLATORS: label of the field for a card's PIN */
    const char *label = say(page, "PIN");
    const Style style = { .height = 26.0F, .tabular = true, .max_width = 96.0F * page->scale };

    page->alerted = note_words(page)[0] != '\0';
    frame_open_typing(page);
    if (small) {
        tree_leaf(page->tree, ROLE_HEADING, "title", words.title, style_text(TEXT_HEADING, WEIGHT_BOLD, COLOUR_NONE));
        part_space(page, MM_G);
    } else {
        frame_title(page, words.title, page->alerted ? "" : words.under);
        part_space(page, MM_G2);
    }
    note(page);
    Node *node = tree_leaf(page->tree, ROLE_FIELD, "card.pin", page_is_scarce(page) ? "" : label, style);
    /* TRANSLATORS: in the empty field of a card's PIN: how many digits it has */
    node->hint = tree_text(page->tree, say(page, "4 to 6 digits"));
    node->value = tree_text(page->tree, card->pin);
    node->state |= NODE_FILLING | NODE_SECRET;
    frame_keyboard(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    Node *main = part_main(page, "card.enter", words.button, "next", ACT_CARD_ENTER);
    main->state |= strlen(card->pin) < CARD_PIN_LEAST || is_waiting(page) ? NODE_DISABLED : 0;
    frame_close(page);
}

/* The card, as large as there is room for. */
static void picture(Page *page)
{
    const bool small = page_content_height(page) < PICTURE_MM * 2.5F;

    part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .align = ALIGN_CENTRE });
    part_plate(page,
               (Plate){ "card", small ? 40.0F : PICTURE_MM, small ? 24.0F : 56.0F, COLOUR_TINT, COLOUR_BRAND, true });
    tree_close(page->tree);
    part_push(page);
}

/* Nothing to type a PIN for: what went wrong, and what to do. */
static void screen_hold(Page *page)
{
    frame_open(page);
    frame_title(page, say(page, "Hold your card to the reader"),
                page_is_tight(page) ? "" : say(page, "Or put it into the slot, or show its code to the scanner."));
    part_space(page, MM_G2);
    note(page);
    picture(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (page->visit->signed_in)
        part_finish(page);
    else
        /* TRANSLATORS: button: goes on without a card */
        part_main(page, "card.password", say(page, "With my password"), "next", ACT_BACK);
    frame_close(page);
}

/* --- the student's own -------------------------------------------------------------------------------------------- */

static const char *state_words(Page *page)
{
    const ApiCard *mine = &page->visit->card.mine;

    switch (mine->state) {
    case API_CARD_NONE: return say(page, "You do not sign in with a card yet.");
    case API_CARD_ACTIVE: return say(page, "You can sign in with your card and its PIN.");
    case API_CARD_BLOCKED:
        return mine->by_wrong_pins ? say(page, "Your card is blocked: too many wrong PINs.")
                                   : say(page, "Your card is blocked. Nobody can sign in with it.");
    case API_CARD_STATE_COUNT: break;
    }
    return "";
}

static void my_state(Page *page)
{
    const ApiCard *mine = &page->visit->card.mine;
    const bool open = mine->state == API_CARD_ACTIVE, shut = mine->state == API_CARD_BLOCKED;

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(MM_G2));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
    part_plate(page, (Plate){ open   ? "check"
                              : shut ? "shield"
                                     : "card",
                              24.0F, 14.0F,
                              open   ? COLOUR_GOOD_TINT
                              : shut ? COLOUR_WARN_TINT
                                     : COLOUR_TINT,
                              open   ? COLOUR_GOOD
                              : shut ? COLOUR_WARN
                                     : COLOUR_BRAND,
                              true });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    Node *node = part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, state_words(page));
    str_copy_cut(str_from("card.state"), node->id, sizeof node->id);
    if (mine->since_s > 0 && mine->state != API_CARD_NONE)
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  /* TRANSLATORS: under what the student's card is; {0}: when that began, such as "today at 14:32" */
                  fill(page, say(page, "Changed: {0}"), words_moment_near(page, mine->since_s * 1000)));
    tree_close(page->tree);
    tree_close(page->tree);
    tree_close(page->tree);
    part_space(page, MM_G2);
}

/* The way to block it that needs no kiosk: to be kept before the card is lost. */
static void phone_way(Page *page)
{
    const CodeCard code = { .id = "card.code",
                            .picture = &page->visit->card.code,
                            /* TRANSLATORS: over a QR code: the page on which a phone blocks the card */
                            .title = say(page, "For the day it gets lost"),
                            .steps = { say(page, "Scan the code and keep the page on your phone."),
                                       say(page, "There you block the card from anywhere.") },
                            .address = "" };

    if (!page->visit->card.code.png)
        return;
    part_space(page, MM_G2);
    part_code_card(page, &code);
}

static void screen_mine(Page *page)
{
    const CardState *card = &page->visit->card;

    frame_open(page);
    frame_title(page, say(page, "My card"), "");
    part_space(page, MM_G2);
    note(page);
    if (card->told) {
        if (card->note != CARD_NOTE_DONE) /* which says it already */
            my_state(page);
        if (model_sets_card(page->model))
            part_way(page, (Way){ "card.new", "card", say(page, "Set a PIN for a card"),
                                  say(page, "an earlier card is blocked then"), ACT_CARD_NEW, 0,
                                  card->mine.state != API_CARD_ACTIVE, 34.0F });
        else
            part_note(page, "shield", say(page, "To set a PIN, sign in with your password or your phone."));
        if (card->mine.state == API_CARD_ACTIVE) {
            part_space(page, MM_G);
            part_way(page, (Way){ "card.block", "warn", say(page, "Block my card"), say(page, "when it is lost"),
                                  ACT_CARD_BLOCK, 0, false, 34.0F });
            phone_way(page);
        }
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}

static void screen_block(Page *page)
{
    frame_open(page);
    frame_title(page, say(page, "Block your card?"),
                say(page, "Nobody can sign in with it then, you neither, until you set a new PIN."));
    part_space(page, MM_G2);
    note(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    Node *main = part_main(page, "card.block-yes", say(page, "Block my card"), "check", ACT_CARD_BLOCK_YES);
    main->state |= is_waiting(page) ? NODE_DISABLED : 0;
    frame_close(page);
}

void screen_card(Page *page)
{
    switch (page->visit->card.step) {
    case CARD_STEP_PIN:
    case CARD_STEP_NEW:
    case CARD_STEP_AGAIN: (page->visit->card.card[0] ? screen_pin : screen_hold)(page); return;
    case CARD_STEP_HOLD: screen_hold(page); return;
    case CARD_STEP_MINE: screen_mine(page); return;
    case CARD_STEP_BLOCK: screen_block(page); return;
    case CARD_STEP_COUNT: return;
    }
}
