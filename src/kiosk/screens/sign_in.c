/* Who are you?  Number and password; more ways appear with what makes them work. */
#include "kiosk/screens/build.h"

#include <string.h>

#define MM_NO_TITLE 240.0F /* of height with the keyboard, for text of 100 %: an alert takes the title's place */

static const char *number_hint(Page *page)
{
    size_t len = strlen(page->visit->sign_in.number);
    int64_t left = NUMBER_DIGITS_USUAL - (int64_t)len;

    if (len == 0 || left <= 0)
        return "";
    /* TRANSLATORS: at the end of the number field: how many digits are still missing */
    return fill(page, say_n(page, "{0} more digit", "{0} more digits", left), words_number(page, left));
}

static void number_field(Page *page)
{
    const SignInState *sign_in = &page->visit->sign_in;
    bool filling = sign_in->filling == SIGN_IN_NUMBER;
    Style style = { .axis = AXIS_ROW, .align = ALIGN_CENTRE, .height = 26.0F, .tabular = true };
    /* TRANSLATORS: label of a field; HEMIS calls it the student ID number */
    const char *label = say(page, "Student ID number (12 digits)");
    bool bare = page_is_scarce(page);
    Node *node = tree_open(page->tree, ROLE_FIELD, "sign-in.number", bare ? "" : label, style);

    node->hint = bare ? tree_text(page->tree, label) : "";
    node->value = words_digits(page, sign_in->number);
    node->send = (Send){ ACT_SIGN_IN_FIELD, SIGN_IN_NUMBER };
    node->state |= filling ? NODE_FILLING : 0;
    if (sign_in->note == SIGN_IN_NOTE_NUMBER) {
        node->state |= NODE_FAULTY;
        /* TRANSLATORS: beside the number field */
        node->error = tree_text(page->tree, say(page, "The number has 12 digits, as on your student card"));
    }
    const char *hint = number_hint(page);
    if (hint[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, hint);
    tree_close(page->tree);
}

static void password_field(Page *page)
{
    const SignInState *sign_in = &page->visit->sign_in;

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_END, .gap = MM_G });
    Style style = { .axis = AXIS_ROW, .align = ALIGN_CENTRE, .height = 26.0F, .grow = 1.0F };
    /* TRANSLATORS: label of a field */
    const char *asked = say(page, "Password");
    /* Its hint says it too: an answer above it needs the room more. */
    bool bare = page_is_scarce(page) || (page->alerted && page_crowded(page) && page->scale > 1.5F);
    Node *node = tree_leaf(page->tree, ROLE_FIELD, "sign-in.password", bare ? "" : asked, style);
    node->value = tree_text(page->tree, sign_in->password);
    /* TRANSLATORS: soft words in the empty password field */
    node->hint = tree_text(page->tree, say(page, "Your HEMIS password"));
    node->send = (Send){ ACT_SIGN_IN_FIELD, SIGN_IN_PASSWORD };
    node->state |= sign_in->filling == SIGN_IN_PASSWORD ? NODE_FILLING : 0;
    node->state |= sign_in->shown ? 0 : NODE_SECRET;
    node->state |= model_peeks(page->model) ? NODE_PEEK : 0;
    /* TRANSLATORS: button beside the password: makes it readable, or stars again */
    const char *label = sign_in->shown ? say(page, "Hide") : say(page, "Show");
    Node *show = part_button(page, (Button){ BUTTON_SECOND, "sign-in.show", label, "eye", false, ACT_SIGN_IN_SHOW, 0 });
    show->style.height = 26.0F;
    tree_close(page->tree);
}

static const char *note_words(Page *page)
{
    const SignInState *sign_in = &page->visit->sign_in;

    switch (sign_in->note) {
    case SIGN_IN_NOTE_WRONG:
        /* TRANSLATORS: sign-in refused; which of the two is wrong is not told */
        return say(page, "The number or the password is not right. Type the password once more.");
    case SIGN_IN_NOTE_LIMITED:
        if (page->model->wall_ms >= sign_in->wait_until_ms)
            return say(page, "You can try again now.");
        /* TRANSLATORS: {0} is a time such as 14:37 */
        return fill(page, say(page, "Too many attempts. You can try again at {0}, or ask at the registrar’s office."),
                    words_time(page, sign_in->wait_until_ms + 59999));
    case SIGN_IN_NOTE_AWAY:
        /* TRANSLATORS: HEMIS is down, so that a password can't be checked that it has not accepted here before */
        return say(page, "HEMIS does not answer now, so we cannot check this password. Type it once more, use your"
                         " card, or come to the registrar’s office.");
    case SIGN_IN_NOTE_SPENT:
        /* TRANSLATORS: HEMIS would shut all kiosks out after more wrong passwords; {0} is a time such as 14:37 */
        return fill(page,
                    say(page, "Too many wrong passwords were typed: HEMIS checks new ones again at {0}. Use your"
                              " phone or your card, or come to the registrar’s office."),
                    words_time(page, sign_in->wait_until_ms + 59999));
    case SIGN_IN_NOTE_PASSWORD: return say(page, "Type your password, the one you use for HEMIS.");
    case SIGN_IN_NOTE_ENDED:
        /* TRANSLATORS: after 30 minutes */
        return say(page, "Your time was up. Type your password to go on where you were.");
    case SIGN_IN_NOTE_NUMBER:
    case SIGN_IN_NOTE_NONE: break;
    }
    return "";
}

static bool is_alerted(Page *page)
{
    return note_words(page)[0] && page->visit->waiting.command != CMD_SIGN_IN;
}

/* What is wrong, above what it is about. */
static void alert(Page *page)
{
    bool ended = page->visit->sign_in.note == SIGN_IN_NOTE_ENDED;
    const char *words = note_words(page);

    if (!is_alerted(page))
        return;
    Node *node = part_notice(page, ROLE_ALERT,
                             (Notice){ ended ? "clock" : "warn", ended ? COLOUR_TINT : COLOUR_BAD_TINT,
                                       ended ? COLOUR_BRAND : COLOUR_BAD, words, "" });
    str_copy_cut(str_from("sign-in.error"), node->id, sizeof node->id);
}

static void note(Page *page)
{
    if (page->visit->waiting.command == CMD_SIGN_IN) {
        /* TRANSLATORS: shown while the registrar checks the password */
        Node *node =
            tree_leaf(page->tree, ROLE_STATUS, "sign-in.waiting", say(page, "Checking your number and password…"),
                      style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
        node->icon = "clock";
        node->style.axis = AXIS_ROW;
        part_space(page, MM_G);
        part_patience(page, say(page, "This takes longer than usual. You can wait, or go back and try later."));
        return;
    }
    if (note_words(page)[0])
        return;
    /* TRANSLATORS: under the password field */
    part_note(page, "window",
              say(page, "Forgot your password? It can be reset in HEMIS or at the registrar’s office."));
}

static bool has_room_for_ways(Page *page)
{
    return !page_crowded(page) && !is_alerted(page) && page->visit->waiting.command == CMD_NONE;
}

static Button phone_button(Page *page, ButtonKind kind)
{
    /* TRANSLATORS: button: signs in by a QR code, on the student's own phone */
    return (Button){ kind, "sign-in.phone", say(page, "With my phone"), "phone", false, ACT_GRANT, 0 };
}

/* By one's own phone; whoever has no number comes in by who they are. */
static void other_ways(Page *page)
{
    const bool phone = model_offers_grant(page->model), visitors = model_offers_visitors(page->model);

    if (!has_room_for_ways(page) || !(phone || visitors))
        return;
    part_space(page, MM_G);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G });
    if (phone)
        part_button(page, phone_button(page, BUTTON_QUIET));
    if (visitors)
        part_button(page, (Button){ BUTTON_QUIET, "sign-in.visitor", say(page, "I do not study here"), "person", false,
                                    ACT_VISITOR, 0 });
    tree_close(page->tree);
}

static void title(Page *page)
{
    /* TRANSLATORS: title of the sign-in screen */
    const char *words = say(page, "Sign in");

    if (is_alerted(page) && page_typing_height(page) < MM_NO_TITLE * page->scale)
        return; /* what is wrong stands in its place */
    if (page_crowded(page)) {
        tree_leaf(page->tree, ROLE_HEADING, "title", words, style_text(TEXT_HEADING, WEIGHT_BOLD, COLOUR_NONE));
        part_space(page, MM_G);
        return;
    }
    frame_title(page, words, is_alerted(page) ? "" : say(page, "With the number and password that you use for HEMIS."));
    part_space(page, is_alerted(page) ? MM_G2 : MM_G3);
}

/* Below each other, with what is wrong above the password, which is typed again; beside each other where letters take
 * the height of a wide glass. */
static void fields(Page *page)
{
    bool beside = page->wide && !page_pad_beside(page) && page->scale < 1.5F;
    float gap = page_crowded(page) ? MM_G : 7.0F;

    if (beside && is_alerted(page)) {
        alert(page);
        part_space(page, MM_G);
    }
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = beside ? AXIS_ROW : AXIS_COLUMN, .align = ALIGN_START, .gap = beside ? MM_G3 : gap });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = beside ? 0.7F : 0.0F });
    number_field(page);
    tree_close(page->tree);
    if (!beside)
        alert(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = beside ? 1.0F : 0.0F });
    password_field(page);
    tree_close(page->tree);
    tree_close(page->tree);
}

void screen_sign_in(Page *page)
{
    bool waiting = page->visit->waiting.command == CMD_SIGN_IN;

    page->alerted = is_alerted(page);
    frame_open_typing(page);
    title(page);
    fields(page);
    part_space(page, MM_G2);
    note(page);
    other_ways(page);
    frame_keyboard(page);
    frame_bar(page);
    part_back(page);
    if (model_offers_grant(page->model) && !has_room_for_ways(page) && page->visit->waiting.command == CMD_NONE)
        part_icon_button(page, phone_button(page, BUTTON_SECOND));
    part_push(page);
    /* TRANSLATORS: button */
    Node *enter = part_main(page, "sign-in.enter", say_in(page, "button", "Sign in"), "next", ACT_SIGN_IN);
    enter->state |= waiting ? NODE_DISABLED : 0;
    frame_close(page);
}
