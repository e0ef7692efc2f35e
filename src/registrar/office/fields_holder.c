/* Who holds a paper: the name's spelling for abroad, for the seal, and for who may not know it. */
#include "base/name.h"
#include "registrar/office/fields_inside.h"

#define NAME_BYTES_MOST 2048

/* Papers in a language of another country go there; those in the house's own and its neighbours' stay. */
static bool is_for_abroad(Language language)
{
    Language fallback;

    return language != LANGUAGE_FIRST && language_letters(language) == LETTERS_LATIN &&
           !language_fallback(language, &fallback);
}

static const char *passport_part(const json_t *profile, Language language, const char *part)
{
    const char *name = json_string_value(json_object_get(json_object_get(profile, "passport_name"), part));

    return is_for_abroad(language) && name ? name : "";
}

/* DILNOZA -> Dilnoza, ABU-BAKR ALI -> Abu-Bakr Ali: a passport has letters of A to Z alone. */
static void add_small(Buf *value, const char *capitals)
{
    bool begins = true;

    for (; *capitals; capitals++) {
        const bool letter = *capitals >= 'A' && *capitals <= 'Z';

        buf_add_byte(value, (uint8_t)(letter && !begins ? *capitals - 'A' + 'a' : *capitals));
        begins = *capitals == ' ' || *capitals == '-';
    }
}

bool fields_write_passport(const json_t *profile, Language language, Buf *value)
{
    const char *surname = passport_part(profile, language, "surname");
    const char *given = passport_part(profile, language, "given");

    if (!surname[0] && !given[0])
        return false;
    add_small(value, given);
    if (surname[0] && given[0])
        buf_add_byte(value, ' ');
    name_for_paper(value, str_from(surname));
    return true;
}

static void mask_word(Buf *masked, const char *recorded)
{
    OWNED_BUF word;

    buf_init(&word, NAME_BYTES_MOST);
    name_for_paper(&word, str_from(recorded));
    Str rest = buf_str(&word);
    if (rest.len == 0)
        return;
    size_t before_last = utf8_without_last(rest);
    uint32_t first = utf8_next(&rest);

    if (masked->len)
        buf_add_byte(masked, ' ');
    buf_add_char(masked, first);
    buf_add_text(masked, "*****");
    if (utf8_count(buf_str(&word)) > 2)
        buf_add_text(masked, buf_text(&word) + before_last);
}

void fields_mask_holder(const json_t *profile, Language language, char *array, size_t size)
{
    static const char *const parts[] = { "surname", "given" };
    const bool abroad = passport_part(profile, language, "surname")[0] || passport_part(profile, language, "given")[0];
    OWNED_BUF masked, small;

    buf_init(&masked, 64);
    buf_init(&small, NAME_BYTES_MOST);
    for (size_t i = 0; i < COUNT(parts); i++) {
        const char *own = json_string_value(json_object_get(profile, parts[i]));

        buf_clear(&small);
        add_small(&small, passport_part(profile, language, parts[i]));
        mask_word(&masked, abroad ? buf_text(&small) : own ? own : "");
    }
    str_copy_cut(buf_str(&masked), array, size);
}

bool fields_holder(const json_t *profile, Language language, char *array, size_t size)
{
    const json_t *names = json_object_get(profile, "names");
    const char *name = json_string_value(json_object_get(names, language_tag(LANGUAGE_FIRST)));
    OWNED_BUF paper;

    buf_init(&paper, NAME_BYTES_MOST);
    if (!fields_write_passport(profile, language, &paper))
        name_for_paper(&paper, str_from(name));
    str_copy_cut(paper.failed ? STR("") : buf_str(&paper), array, size);
    return array[0] != '\0';
}

const char *fields_faculty(const json_t *profile)
{
    return json_string_value(json_object_get(json_object_get(profile, "faculty"), "code"));
}
