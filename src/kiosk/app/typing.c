/* Typed text, from a keyboard with keys or from the one on the glass, into the field that is being filled. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

/* --- keyboards --------------------------------------------------------------------------------------------------- */

/* The letters of each language; one that is not here is written with its fallback's. */
static const KeyboardLayer letters_of[LANGUAGE_COUNT] = {
    [LANGUAGE_UZ] = LAYER_UZ, [LANGUAGE_UZ_CYRL] = LAYER_UZ_CYRL, [LANGUAGE_RU] = LAYER_RU, [LANGUAGE_EN] = LAYER_EN
};

static Language with_letters(Language language)
{
    while (letters_of[language] == LAYER_NUMBERS)
        if (!language_fallback(language, &language))
            return LANGUAGE_FIRST;
    return language;
}

static bool is_of(Language language, FieldScript script)
{
    return script == SCRIPT_ANY || (language_letters(language) == LETTERS_CYRILLIC) == (script == SCRIPT_CYRILLIC);
}

/* All of this script, in the order in which their key goes round them: the page's own, then as the languages stand. */
static size_t letters_offered(Language page, FieldScript script, KeyboardLayer ret[LANGUAGE_COUNT])
{
    Language own = with_letters(page);
    size_t count = 0;

    if (is_of(own, script))
        ret[count++] = letters_of[own];
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (letters_of[i] != LAYER_NUMBERS && (Language)i != own && is_of((Language)i, script))
            ret[count++] = letters_of[i];
    return count;
}

/* The next one after `from`; the first one after none of them. */
static KeyboardLayer letters_after(Language page, KeyboardLayer from, FieldScript script)
{
    KeyboardLayer offered[LANGUAGE_COUNT] = { LAYER_NUMBERS };
    size_t count = letters_offered(page, script, offered), at = 0;

    while (at < count && offered[at] != from)
        at++;
    return offered[at + 1 < count ? at + 1 : 0];
}

static bool is_letters(KeyboardLayer layer)
{
    return layer >= LAYER_UZ && layer <= LAYER_EN;
}

void typing_layer(Visit *visit, KeyboardLayer layer)
{
    visit->typing = (TypingState){ .layer = layer, .letters = layer == LAYER_NUMBERS ? LAYER_NUMBERS : layer };
}

void typing_letters(Visit *visit, FieldScript script, FieldCapital capital)
{
    typing_layer(visit, letters_after(visit->language, LAYER_NUMBERS, script));
    visit->typing.script = script;
    visit->typing.capital = capital;
}

void typing_language(Visit *visit)
{
    TypingState *typing = &visit->typing;

    if (!is_letters(typing->letters) || visit->screen == SCREEN_SIGN_IN)
        return;
    typing->letters = letters_after(visit->language, LAYER_NUMBERS, typing->script);
    if (is_letters(typing->layer))
        typing->layer = typing->letters;
}

KeyboardLayer model_next_letters(const Model *model)
{
    const TypingState *typing = &model->visit.typing;
    KeyboardLayer next = LAYER_NUMBERS;

    if (is_letters(typing->letters))
        next = letters_after(model_language(model), typing->letters, typing->script);
    return next == typing->letters ? LAYER_NUMBERS : next;
}

static void touch_shift(TypingState *typing)
{
    static const Shift after[] = {
        [SHIFT_OFF] = SHIFT_ONCE, [SHIFT_BY_ITSELF] = SHIFT_OFF, [SHIFT_ONCE] = SHIFT_LOCK, [SHIFT_LOCK] = SHIFT_OFF
    };

    typing->shift = after[typing->shift];
}

void typing_keyboard(const Step *step, uint16_t arg)
{
    TypingState *typing = &step->visit->typing;

    if (arg == KEYBOARD_ARG_SHIFT)
        touch_shift(typing);
    else if (arg == KEYBOARD_ARG_LETTERS)
        typing->layer = typing->letters;
    else if (arg == KEYBOARD_ARG_SYMBOLS && typing->letters != LAYER_NUMBERS)
        typing->layer = LAYER_SYMBOLS;
    else if (arg == KEYBOARD_ARG_LANGUAGE && model_next_letters(step->model) != LAYER_NUMBERS)
        typing->layer = typing->letters = model_next_letters(step->model);
}

static bool begins(FieldCapital capital, Str before)
{
    if (capital == CAPITAL_NONE)
        return false;
    if (!before.len)
        return true;
    if (capital == CAPITAL_WORDS)
        return strchr(" -", before.ptr[before.len - 1]) != NULL;
    return str_ends(before, STR(". ")) || str_ends(before, STR("! ")) || str_ends(before, STR("? "));
}

void typing_capital(Visit *visit, const char *before)
{
    TypingState *typing = &visit->typing;

    if (typing->shift == SHIFT_OFF || typing->shift == SHIFT_BY_ITSELF)
        typing->shift = begins(typing->capital, str_from(before)) ? SHIFT_BY_ITSELF : SHIFT_OFF;
}

#define NUMBER_DIGITS 18 /* of any number that fits into 64 bits */
#define PASSPORT_MOST 15 /* wire/catalogue.h */

/* --- text -------------------------------------------------------------------------------------------------------- */

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
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

static void type_sign_in(const Step *step, Str typed)
{
    Visit *visit = step->visit;
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
    sign_in_peek(step, true);
    if (sign_in->note != SIGN_IN_NOTE_LIMITED)
        sign_in->note = SIGN_IN_NOTE_NONE;
}

/* With a minus at its front where the question takes numbers below nought. */
static void type_number(char *text, const Field *field, Str typed)
{
    if (field->least < 0 && !text[0] && str_starts(typed, STR("-"))) {
        text[0] = '-';
        text[1] = '\0';
    }
    type_digits(text, NUMBER_DIGITS + (text[0] == '-'), typed);
}

/* Who dials with the country's code in front has written the same number. */
static void type_phone(char *text, Str typed)
{
    static const Str country = { &PHONE_COUNTRY[1], sizeof PHONE_COUNTRY - 2 };

    type_digits(text, country.len + PHONE_DIGITS, typed);
    size_t len = strlen(text);
    if (len == country.len + PHONE_DIGITS && str_starts(str_from(text), country)) {
        memmove(text, text + country.len, PHONE_DIGITS);
        len = PHONE_DIGITS;
        mem_wipe(text + len, country.len);
    } else if (len > PHONE_DIGITS && !str_starts(str_from(text), country))
        mem_wipe(text + PHONE_DIGITS, len - PHONE_DIGITS);
}

static void type_address(char *text, size_t most, Str typed)
{
    while (typed.len > 0) {
        uint32_t c = utf8_next(&typed);
        if (c > ' ' && c < 0x7F && strlen(text) < most)
            append(text, ANSWER_BYTES_MOST, c);
    }
}

/* Capitals, whatever the keyboard with keys gives; what no passport has is not taken. */
static void type_passport(char *text, Str typed)
{
    while (typed.len > 0) {
        uint32_t c = utf8_next(&typed);
        if (c >= 'a' && c <= 'z')
            c = c - 'a' + 'A';
        if (((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) && strlen(text) < PASSPORT_MOST)
            append(text, ANSWER_BYTES_MOST, c);
    }
}

static void type_form(const Step *step, Str typed)
{
    FormState *form = &step->visit->form;
    const Field *field = model_question(step->model, NULL);

    if (!field)
        return;
    form->fault = FORM_OK;
    step->visit->draft.changed = step->visit->draft.changed || form_is_typed(field);
    if (form->picked)
        mem_wipe(form->typed, sizeof form->typed);
    form->picked = false;
    switch (field->kind) {
    case FIELD_SEVERAL: break;
    case FIELD_CHOICE:
        if (field_is_searched(field)) { /* who types where a list is, searches it */
            form->searching = true;
            type_words(form->search, sizeof form->search, sizeof form->search, typed);
        }
        break;
    case FIELD_TEXT: type_words(form->typed, sizeof form->typed, field->most, typed); break;
    case FIELD_NUMBER: type_number(form->typed, field, typed); break;
    case FIELD_DATE:
        type_digits(form->typed, DATE_DIGITS, typed);
        form->month = 0;
        break;
    case FIELD_EMAIL: type_address(form->typed, (size_t)field->most, typed); break;
    case FIELD_PHONE: type_phone(form->typed, typed); break;
    case FIELD_PASSPORT: type_passport(form->typed, typed); break;
    case FIELD_PAPER:
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
        type_sign_in(step, typed);
    else if (visit->screen == SCREEN_FORM)
        type_form(step, typed);
    else if (visit->screen == SCREEN_SEARCH)
        type_words(visit->search, sizeof visit->search, sizeof visit->search, typed);
    /* A capital is typed once: the next key is small again, as on a phone. */
    if (typed.len > 0 && visit->typing.shift != SHIFT_LOCK && is_letter(utf8_next(&typed)))
        visit->typing.shift = SHIFT_OFF;
    if (visit->screen == SCREEN_FORM && !visit->form.searching)
        typing_capital(visit, visit->form.typed);
}

static char *filled(Visit *visit, size_t *ret_size)
{
    if (visit->screen == SCREEN_FORM) {
        FormState *form = &visit->form;
        *ret_size = form->searching ? sizeof form->search : sizeof form->typed;
        return form->searching ? form->search : form->typed;
    }
    if (visit->screen == SCREEN_SEARCH) {
        *ret_size = sizeof visit->search;
        return visit->search;
    }
    if (visit->screen != SCREEN_SIGN_IN || visit->waiting.command == CMD_SIGN_IN)
        return NULL;
    bool number = visit->sign_in.filling == SIGN_IN_NUMBER;
    *ret_size = number ? sizeof visit->sign_in.number : sizeof visit->sign_in.password;
    return number ? visit->sign_in.number : visit->sign_in.password;
}

static void erase(const Step *step, bool all)
{
    Visit *visit = step->visit;
    size_t size;
    char *text = filled(visit, &size);

    if (!text)
        return;
    size_t left = all ? 0 : utf8_without_last(str_from(text));
    visit->form.picked = false;
    mem_wipe(text + left, size - left);
    visit->form.fault = FORM_OK;
    visit->form.month = 0;
    visit->draft.changed = visit->draft.changed || (visit->screen == SCREEN_FORM && !visit->form.searching);
    if (visit->screen == SCREEN_FORM)
        typing_capital(visit, text);
    else if (visit->screen == SCREEN_SIGN_IN)
        sign_in_peek(step, false);
}

void typing_key(const Step *step, EditKey key)
{
    Visit *visit = step->visit;

    switch (key) {
    case EDIT_ERASE: erase(step, false); break;
    case EDIT_CLEAR: erase(step, true); break;
    case EDIT_ENTER:
        if (visit->screen == SCREEN_SIGN_IN)
            sign_in_act(step, ACT_SIGN_IN, 0);
        else if (visit->screen == SCREEN_FORM)
            form_act(step, ACT_FORM_NEXT, 0);
        break;
    case EDIT_CANCEL: break; /* app.c: the way back */
    }
}
