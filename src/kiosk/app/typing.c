/* Typed text, from a keyboard with keys or from the one on the glass, into the field that is being filled. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Appends one character when it fits into size bytes with the zero. */
static bool append(char *text, size_t size, uint32_t c)
{
    char bytes[4];
    size_t len = strlen(text);
    size_t more = utf8_write(c, bytes);

    if (len + more >= size)
        return false;
    memcpy(text + len, bytes, more);
    text[len + more] = '\0';
    return true;
}

static void type_digits(char *text, size_t most, Str typed)
{
    while (typed.len > 0) {
        uint32_t c = utf8_next(&typed);
        size_t len = strlen(text);
        if (c >= '0' && c <= '9' && len < most) {
            text[len] = (char)c;
            text[len + 1] = '\0';
        }
    }
}

/* Keyboards with keys have no letters oʻ and gʻ and no tutuq: whatever apostrophe was struck becomes the right one
 * (glossary part 2.1). */
static uint32_t apostrophe(const char *before, uint32_t c)
{
    size_t len = strlen(before);
    char last = len > 0 ? before[len - 1] : ' ';

    if (c != '\'' && c != '`' && c != 0xB4 && c != 0x2018 && c != 0x2019 && c != 0x2BB && c != 0x2BC)
        return c;
    return strchr("oOgG", last) ? 0x2BB : 0x2BC;
}

static void type_words(char *text, size_t size, int64_t letters_most, Str typed)
{
    while (typed.len > 0) {
        uint32_t c = apostrophe(text, utf8_next(&typed));
        if (utf8_is_unwanted(c) || (int64_t)utf8_count(str_from(text)) >= letters_most)
            continue;
        if (c == ' ' && (!text[0] || text[strlen(text) - 1] == ' '))
            continue; /* one space between words is enough on a paper */
        append(text, size, c);
    }
}

static void type_sign_in(Visit *visit, Str typed)
{
    SignInState *sign_in = &visit->sign_in;

    if (visit->waiting.command == CMD_SIGN_IN)
        return;
    if (sign_in->filling == SIGN_IN_NUMBER) {
        type_digits(sign_in->number, NUMBER_DIGITS_MOST, typed);
        if (sign_in->note != SIGN_IN_NOTE_LIMITED)
            sign_in->note = SIGN_IN_NOTE_NONE;
        return;
    }
    while (typed.len > 0) {
        uint32_t c = utf8_next(&typed);
        if (!utf8_is_unwanted(c))
            append(sign_in->password, sizeof sign_in->password, c);
    }
    if (sign_in->note != SIGN_IN_NOTE_LIMITED)
        sign_in->note = SIGN_IN_NOTE_NONE;
}

static void type_form(const Step *step, Str typed)
{
    FormState *form = &step->visit->form;
    const Field *field = model_question(step->model, NULL);

    if (!field)
        return;
    form->fault = FORM_OK;
    step->visit->draft.changed = true;
    switch (field->kind) {
    case FIELD_CHOICE: break;
    case FIELD_TEXT: type_words(form->typed, sizeof form->typed, field->most, typed); break;
    case FIELD_NUMBER: type_digits(form->typed, 18, typed); break;
    case FIELD_DATE: type_digits(form->typed, DATE_DIGITS, typed); break;
    case FIELD_KIND_COUNT: break;
    }
}

void typing_text(const Step *step, const char *text)
{
    Visit *visit = step->visit;
    Str typed = str_from(text);

    if (!utf8_valid(typed))
        return;
    if (visit->screen == SCREEN_SIGN_IN)
        type_sign_in(visit, typed);
    else if (visit->screen == SCREEN_FORM)
        type_form(step, typed);
    /* A capital is typed once: the next key is small again, as on a phone. */
    if (typed.len > 0 && is_letter((unsigned char)typed.ptr[0]))
        visit->typing.shifted = false;
}

static char *filled(Visit *visit, size_t *ret_size)
{
    if (visit->screen == SCREEN_FORM) {
        *ret_size = sizeof visit->form.typed;
        return visit->form.typed;
    }
    if (visit->screen != SCREEN_SIGN_IN || visit->waiting.command == CMD_SIGN_IN)
        return NULL;
    bool number = visit->sign_in.filling == SIGN_IN_NUMBER;
    *ret_size = number ? sizeof visit->sign_in.number : sizeof visit->sign_in.password;
    return number ? visit->sign_in.number : visit->sign_in.password;
}

static void erase(Visit *visit, bool all)
{
    size_t size;
    char *text = filled(visit, &size);

    if (!text)
        return;
    size_t left = all ? 0 : utf8_without_last(str_from(text));
    mem_wipe(text + left, size - left);
    visit->form.fault = FORM_OK;
    visit->draft.changed = visit->draft.changed || visit->screen == SCREEN_FORM;
}

void typing_key(const Step *step, EditKey key)
{
    Visit *visit = step->visit;

    if (visit->choosing_language)
        return;
    switch (key) {
    case EDIT_ERASE: erase(visit, false); break;
    case EDIT_CLEAR: erase(visit, true); break;
    case EDIT_ENTER:
        if (visit->screen == SCREEN_SIGN_IN)
            sign_in_act(step, ACT_SIGN_IN, 0);
        else if (visit->screen == SCREEN_FORM)
            form_act(step, ACT_FORM_NEXT, 0);
        break;
    case EDIT_CANCEL: break; /* app.c: the way back */
    }
}

void typing_keyboard(const Step *step, uint16_t arg)
{
    TypingState *typing = &step->visit->typing;

    if (arg == KEYBOARD_ARG_SHIFT)
        typing->shifted = !typing->shifted;
    else if (arg == KEYBOARD_ARG_NUMBERS)
        typing->layer = LAYER_NUMBERS;
    else if (arg == KEYBOARD_ARG_LATIN)
        typing->layer = LAYER_LATIN;
    else if (arg == KEYBOARD_ARG_SYMBOLS)
        typing->layer = LAYER_SYMBOLS;
}
