/* A page's template, and a view's, over the texts of the real pages. */
#include "fuzz.h"

#include "registrar/api/page_template.h"

static void load(const PageTexts *texts, const ViewAssets *assets)
{
    PageTemplate page = { .count = 0 };
    PageTexts marked = *texts;
    Error err = { 0 };

    if (page_template_load(fuzz_folder(), "input", 0, &marked, assets, &page, &err))
        for (size_t i = 0; i < page.count; i++)
            FUZZ_HOLDS(page.pieces[i].end <= page.count && page.pieces[i].value_count <= TEXT_VALUES_MOST);
    page_template_fini(&page); /* a half-made one too */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static PageTexts texts;
    static ViewAssets assets;
    static bool loaded;
    Error err = { 0 };

    if (!loaded)
        loaded = page_texts_load(SOURCE_DIR "/assets/web", &texts, &err) &&
                 view_assets_load(SOURCE_DIR "/assets/web/console", 0, &assets, &err);
    FUZZ_HOLDS(loaded);
    (void)fuzz_file("input", fuzz_str(data, size));
    load(&texts, NULL);
    load(&texts, &assets);
    return 0;
}
