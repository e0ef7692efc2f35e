/* Signing in with one's own phone: the code, the two digits, and why it came to nothing. */
#include "kiosk/screens/build.h"

#include <string.h>

#define DIGITS_MM  96.0F
#define ROOM_MM    125.0F /* between strip and bar: under it the field is small */
#define PICTURE_MM 90.0F

static const char *note_words(Page *page)
{
    switch (page->visit->grant.note) {
    /* TRANSLATORS: the next ones: why signing in with a phone came to nothing */
    case GRANT_NOTE_WRONG:
        return say(page, "These are not your phone’s digits. Nobody was signed in: take a new code.");
    case GRANT_NOTE_DENIED: return say(page, "It was cancelled on the phone. Nobody was signed in.");
    case GRANT_NOTE_LATE: return say(page, "The time for this code is over. Nobody was signed in.");
    case GRANT_NOTE_LIMIT:
        return say(
            page,
            "This kiosk made too many codes just now. Sign in with your password, or try again in a few minutes.");
    case GRANT_NOTE_AWAY: return say(page, "No code could be made just now. Try again, or sign in with your password.");
    case GRANT_NOTE_NONE:
    case GRANT_NOTE_COUNT: break;
    }
    return "";
}

static void patience(Page *page)
{
    const GrantState *grant = &page->visit->grant;

    if (grant->unsaid)
        part_notice(page, ROLE_ALERT,
                    (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                              say(page, "That did not get through. Try again in a moment."), "" });
}

static void time_left(Page *page)
{
    const int seconds = model_grant_seconds(page->model);

    if (seconds > 0)
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  /* TRANSLATORS: how long a code, or digits, are still good: {0} minutes, {1} seconds, such as 1:45 */
                  fill(page, say(page, "Good for {0}:{1} more"), words_number(page, seconds / 60),
                       fill(page, seconds % 60 < 10 ? "0{0}" : "{0}", words_number(page, seconds % 60))));
}

/* The address without its scheme, in small letters, as one types it. */
static const char *typed_address(Page *page)
{
    const char *address = page->visit->grant.offer.verification_uri;
    const char *host = strstr(address, "://");

    return tree_text(page->tree, host ? host + 3 : address);
}

static void screen_code(Page *page)
{
    const GrantState *grant = &page->visit->grant;
    const bool there = grant->offer.grant[0] != '\0';
    CodeCard card = { .id = "grant.code",
                      .picture = &grant->code,
                      .title = "",
                      /* TRANSLATORS: what to do with the QR code for signing in, in three steps */
                      .steps = { say(page, "Point your phone’s camera at the code and open the page."),
                                 say(page, "Sign in there and agree."),
                                 say(page, "Type here the two digits that your phone shows.") },
                      .address = "" };

    frame_open(page);
    frame_title(page, say(page, "Sign in with your phone"),
                page_is_tight(page) ? "" : say(page, "Your password is typed on your own phone, not here."));
    part_space(page, page_is_tight(page) ? MM_G : MM_G2);
    part_columns_open(page, 0.6F);
    part_code_card(page, &card);
    part_columns_next(page);
    part_space(page, page_two_columns(page) ? 0.0F : MM_G2);
    if (there) {
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(MM_G2));
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  /* TRANSLATORS: for who can't scan: {0} is an address on the web; the code stands below */
                  fill(page, say(page, "No camera? Open {0} and type this code:"), typed_address(page)));
        Node *node = tree_leaf(page->tree, ROLE_TEXT, "grant.user-code", grant->offer.user_code,
                               style_text(TEXT_TITLE, WEIGHT_BOLD, COLOUR_NONE));
        node->language = LANGUAGE_EN;
        node->style.tabular = true;
        time_left(page);
        tree_close(page->tree);
    } else
        tree_leaf(page->tree, ROLE_STATUS, "grant.waiting", say(page, "The code is being made…"),
                  style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_BRAND));
    part_columns_close(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}

/* A phone has the page: nothing to scan any more. */
static void screen_opened(Page *page)
{
    const bool small = page_content_height(page) < PICTURE_MM * 2.5F;

    frame_open(page);
    /* TRANSLATORS: title, once a phone has opened the page for signing in */
    frame_title(page, say(page, "Go on with your phone"),
                page_is_tight(page) ? "" : say(page, "Your password is typed on your own phone, not here."));
    part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .align = ALIGN_CENTRE, .gap = MM_G2 });
    part_plate(page,
               (Plate){ "phone", small ? 40.0F : PICTURE_MM, small ? 24.0F : 56.0F, COLOUR_TINT, COLOUR_BRAND, true });
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "grant.opened",
                           say(page, "Sign in and agree there. Then type its two digits here."),
                           style_text(TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE));
    node->style.text_align = ALIGN_CENTRE;
    time_left(page);
    tree_close(page->tree);
    part_push(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}

static void screen_digits(Page *page)
{
    const GrantState *grant = &page->visit->grant;
    const bool small = page_crowded(page) || page_typing_height(page) < ROOM_MM * page->scale;
    const bool waits = grant->errand.doing == CMD_GRANT_DIGITS;
    Style style = { .text = small ? TEXT_HEADING : TEXT_DISPLAY,
                    .weight = WEIGHT_SEMIBOLD,
                    .tabular = true,
                    .max_width = DIGITS_MM * page->scale };
    const char *label = say(page, "Digits on your phone");

    frame_open_typing(page);
    if (small)
        tree_leaf(page->tree, ROLE_HEADING, "title", say(page, "Type your phone’s two digits"),
                  style_text(TEXT_HEADING, WEIGHT_BOLD, COLOUR_NONE));
    else
        /* TRANSLATORS: under the title where the phone's two digits are typed, to sign in */
        frame_title(page, say(page, "Type your phone’s two digits"), say(page, "One try, one minute."));
    part_space(page, MM_G);
    Node *node = tree_leaf(page->tree, ROLE_FIELD, "grant.digits", small ? "" : label, style);
    node->hint = small ? tree_text(page->tree, label) : "";
    node->value = tree_text(page->tree, grant->digits);
    node->state |= NODE_FILLING;
    if (!small)
        time_left(page);
    patience(page);
    frame_keyboard(page);
    frame_bar(page);
    part_back(page);
    part_push(page);
    Node *main = part_main(page, "grant.enter", say_in(page, "button", "Sign in"), "next", ACT_GRANT_DIGITS);
    main->state |= strlen(grant->digits) < 2 || waits ? NODE_DISABLED : 0;
    frame_close(page);
}

/* The digits were right, and the session is on its way. */
static void screen_entering(Page *page)
{
    frame_open(page);
    frame_title(page, say(page, "Sign in with your phone"), "");
    part_space(page, MM_G2);
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "grant.entering", say(page, "One moment…"),
                           style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
    node->icon = "clock";
    node->style.axis = AXIS_ROW;
    frame_bar(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}

static void screen_note(Page *page)
{
    frame_open(page);
    frame_title(page, say(page, "Sign in with your phone"), "");
    part_space(page, MM_G2);
    Node *node = part_notice(page, ROLE_ALERT, (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, note_words(page), "" });
    str_copy_cut(str_from("grant.note"), node->id, sizeof node->id);
    part_space(page, MM_G2);
    part_way(page, (Way){ "grant.password", "person", say(page, "With my password"), "", ACT_BACK, 0, false, 34.0F });
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (page->visit->grant.note == GRANT_NOTE_LIMIT)
        part_finish(page);
    else
        /* TRANSLATORS: button: another QR code */
        part_main(page, "grant.new", say(page, "Make a new code"), "redo", ACT_GRANT_NEW);
    frame_close(page);
}

void screen_grant(Page *page)
{
    const GrantState *grant = &page->visit->grant;

    if (grant->note != GRANT_NOTE_NONE)
        screen_note(page);
    else if (grant->offer.grant[0] && grant->state == GRANT_DIGITS && grant->errand.doing != CMD_GRANT_TOKEN)
        screen_digits(page);
    else if (grant->offer.grant[0] && grant->state >= GRANT_DIGITS)
        screen_entering(page);
    else if (grant->offer.grant[0] && grant->state == GRANT_OPENED)
        screen_opened(page);
    else
        screen_code(page);
}
