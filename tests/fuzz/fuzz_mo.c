/* Translations (.mo) with their plural rule, and a rule alone. */
#include "fuzz.h"

#include "base/plural.h"
#include "base/texts.h"

static void look_up(const Texts *texts)
{
    static const uint64_t numbers[] = { 0, 1, 2, 5, 11, 21, 101, UINT64_MAX };
    static const char *const values[] = { "one", "two" };
    OWNED_BUF filled;

    buf_init(&filled, 1u << 20);
    FUZZ_HOLDS(text_get(texts, LANGUAGE_UZ, "Print") && text_get(texts, LANGUAGE_RU, ""));
    FUZZ_HOLDS(text_get_in(texts, LANGUAGE_UZ_CYRL, "door", "Open"));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const char *text = text_get_n(texts, LANGUAGE_UZ, "{0} page", "{0} pages", numbers[i]);
        FUZZ_HOLDS(text);
        text_fill(&filled, text, values, COUNT(values));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str input = fuzz_str(data, size);
    Error err = { 0 };
    PluralRule rule;

    if (plural_parse(input, &rule, &err))
        for (uint64_t n = 0; n < 300; n += 7)
            FUZZ_HOLDS(plural_form(&rule, n) < rule.forms);
    (void)fuzz_file("uz.mo", input);
    (void)fuzz_file("uz-Cyrl.mo", input);
    (void)fuzz_file("ru.mo", input);
    OWNED(Texts) texts = texts_open(fuzz_folder(), &err);
    if (texts)
        look_up(texts);
    return 0;
}
