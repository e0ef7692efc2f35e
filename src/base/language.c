#include "base/language.h"

static const struct {
    const char *tag;
    const char *own_name;
} languages[] = {
    [LANGUAGE_UZ] = { "uz", "Oʻzbekcha" },
    [LANGUAGE_UZ_CYRL] = { "uz-Cyrl", "Ўзбекча" },
    [LANGUAGE_RU] = { "ru", "Русский" },
    [LANGUAGE_EN] = { "en", "English" },
};
static_assert(COUNT(languages) == LANGUAGE_COUNT, "one row per Language");

const char *language_tag(Language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return languages[language].tag;
}

const char *language_own_name(Language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return languages[language].own_name;
}

bool language_parse(Str tag, Language *ret)
{
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (str_equal_text(tag, languages[i].tag)) {
            *ret = (Language)i;
            return true;
        }
    return false;
}

const char *local_text(const LocalText *text, Language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    if (text->in[language])
        return text->in[language];
    /* Uzbek is the first in the enum, so that one walk is both the fallback and the search for whatever is present. */
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (text->in[i])
            return text->in[i];
    return "";
}
