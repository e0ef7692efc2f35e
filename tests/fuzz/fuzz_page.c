/* A page's template, over the texts of the real pages. */
#include "fuzz.h"

#include "registrar/api/page_template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static PageTexts texts;
    static bool loaded;
    static const Language languages[] = { LANGUAGE_UZ, LANGUAGE_RU, LANGUAGE_EN };
    PageTemplate page = { .count = 0 };
    Error err = { 0 };

    if (!loaded)
        loaded = page_texts_load(SOURCE_DIR "/assets/web", languages, COUNT(languages), &texts, &err);
    FUZZ_HOLDS(loaded);
    (void)fuzz_file("input", fuzz_str(data, size));
    if (page_template_load(fuzz_folder(), "input", &texts, &page, &err))
        for (size_t i = 0; i < page.count; i++)
            FUZZ_HOLDS(page.pieces[i].end <= page.count && page.pieces[i].value_count <= TEXT_VALUES_MOST);
    page_template_fini(&page); /* a half-made one too */
    return 0;
}
