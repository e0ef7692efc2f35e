#include "base/language.h"

#include "base/language_forms.h"

static const LanguageForms rows[] = { LANGUAGE_ROWS };
static_assert(COUNT(rows) == LANGUAGE_COUNT, "one row per Language");

const LanguageForms *language_forms(Language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return &rows[language];
}

const char *language_tag(Language language)
{
    return language_forms(language)->tag;
}

const char *language_key(Language language)
{
    return language_forms(language)->key;
}

const char *language_own_name(Language language)
{
    return language_forms(language)->own_name;
}

const char *language_short_name(Language language)
{
    return language_forms(language)->short_name;
}

Letters language_letters(Language language)
{
    return language_forms(language)->script;
}

Language language_beside(Language language)
{
    int beside = language_forms(language)->beside;

    return beside < 0 ? language : (Language)beside;
}

bool language_is_whole(Language language)
{
    return language_forms(language)->whole;
}

bool language_has_catalogue(Language language)
{
    return language_forms(language)->catalogue;
}

bool language_fallback(Language language, Language *ret)
{
    int fallback = language_forms(language)->fallback;

    if (fallback < 0)
        return false;
    *ret = (Language)fallback;
    return true;
}

bool language_parse(Str tag, Language *ret)
{
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (str_equal_text(tag, rows[i].tag)) {
            *ret = (Language)i;
            return true;
        }
    return false;
}

const char *language_all_tags(void)
{
#define LANGUAGE_TAG(NAME, tag, key) ", " tag
    static const char all[] = LANGUAGES(LANGUAGE_TAG);

    return &all[sizeof ", " - 1];
#undef LANGUAGE_TAG
}

const char *local_text(const LocalText *text, Language language)
{
    /* At most one step a language: a circle in languages.ini ends too. */
    for (size_t steps = 0; steps < LANGUAGE_COUNT; steps++) {
        if (text->in[language])
            return text->in[language];
        if (!language_fallback(language, &language))
            break;
    }
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (text->in[i])
            return text->in[i];
    return "";
}
