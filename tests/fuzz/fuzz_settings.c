/* INI files: settings against a table, and a theme. */
#include "fuzz.h"

#include "base/settings.h"
#include "kiosk/ui/theme.h"

static const SettingSpec specs[] = {
    { "registrar.address", SETTING_TEXT, NULL, 1, 100, "where" },
    { "registrar.port", SETTING_NUMBER, "443", 1, 65535, "which" },
    { "glass.full_screen", SETTING_BOOL, "yes", 0, 0, "whether" },
    { "glass.theme", SETTING_PATH, "", 0, 0, "what" },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file("input", fuzz_str(data, size));
    Error err = { 0 };
    Theme theme;
    OWNED(Settings) settings = settings_load(path, specs, COUNT(specs), &err);

    if (settings) {
        FUZZ_HOLDS(settings_text(settings, "registrar.address")[0]);
        FUZZ_HOLDS(settings_number(settings, "registrar.port") > 0);
        (void)!settings_bool(settings, "glass.full_screen");
        FUZZ_HOLDS(settings_text(settings, "glass.theme") != NULL);
    }
    if (theme_load(&theme, path, &err))
        FUZZ_HOLDS(theme_lowest_contrast(&theme) >= THEME_CONTRAST_LEAST);
    return 0;
}
