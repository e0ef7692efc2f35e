#include "kiosk/options.h"

#include <stdio.h>
#include <string.h>

#define PATH_MOST                        1000

#define INSTITUTION_NAME(NAME, tag, key) { "institution.name_" key, SETTING_TEXT, "", 0, 200, "name, " tag },

const SettingSpec kiosk_settings[] = {
    { "registrar.address", SETTING_TEXT, NULL, 8, 200, "where the registrar listens for kiosks: https://host:port" },
    { "registrar.ca", SETTING_PATH, "ca.pem", 1, PATH_MOST, "the registrar's own authority, the only one trusted" },
    { "registrar.certificate", SETTING_PATH, "certificate.pem", 1, PATH_MOST, "who this kiosk is" },
    { "registrar.key", SETTING_PATH, "key.pem", 1, PATH_MOST, "the certificate's private key" },
    { "registrar.witness", SETTING_PATH, "audit-head.json", 1, PATH_MOST, "where the registrar's audit head is kept" },
    { "kiosk.id", SETTING_TEXT, NULL, 1, 36, "as the registrar knows it" },
    { "kiosk.place", SETTING_TEXT, "", 0, 90, "where it stands, in the institution's words" },
    { "kiosk.display", SETTING_BOOL, "no", 0, 0, "the hall's screen: who is called where; nobody touches it" },
    { "kiosk.language", SETTING_TEXT, "uz", 2, 16, "of the first screen: a tag of kiosk/locale/languages.ini" },
    { "institution.id", SETTING_TEXT, "", 0, 48, "whose kiosk it is" },
    { "institution.demo", SETTING_BOOL, "no", 0, 0, "a demo university: scripts are allowed" },
    { "institution.utc_offset_minutes", SETTING_NUMBER, "300", -720, 840, "the clock on the wall against UTC" },
    { "printer.uri", SETTING_TEXT, NULL, 6, 300, "ipp:// or ipps:// address of the printer" },
    { "printer.journal", SETTING_PATH, "journal.db", 1, PATH_MOST, "where prints are remembered over a crash" },
    { "devices.card_reader", SETTING_BOOL, "no", 0, 0, "a card reader by PC/SC; pcscd may come later" },
    { "devices.scanner", SETTING_BOOL, "no", 0, 0, "a scanner that plays a keyboard: what it reads are cards" },
    { "panel.width", SETTING_NUMBER, "1080", 480, 7680, "pixels" },
    { "panel.height", SETTING_NUMBER, "1920", 480, 7680, "pixels" },
    { "panel.micrometres_a_pixel", SETTING_NUMBER, "311", 50, 1000,
      "so that a touch target is the same on every panel" },
    { "panel.mounted_low", SETTING_BOOL, "no", 0, 0, "everything in the lower 60 % from a visit's beginning" },
    { "glass.text_percent", SETTING_NUMBER, "100", 100, 200,
      "size of text at a visit's beginning: 100, 125, 150, 200" },
    { "glass.contrast", SETTING_BOOL, "no", 0, 0, "the contrast theme at a visit's beginning" },
    { "glass.evening_from", SETTING_TEXT, "18:00", 5, 5, "the evening theme, from hh:mm; equal to the next: never" },
    { "glass.evening_to", SETTING_TEXT, "07:00", 5, 5, "until hh:mm" },
    { "glass.calm", SETTING_BOOL, "no", 0, 0, "nothing moves" },
    { "glass.volume", SETTING_NUMBER, "2", 0, 4, "of sounds and speech at a visit's beginning; 0: silent" },
    { "paths.icons", SETTING_PATH, KIOSK_ICONS, 1, PATH_MOST, "folder of SVG icons" },
    { "paths.fonts", SETTING_PATH, KIOSK_FONTS, 1, PATH_MOST, "folder of fonts" },
    { "paths.locale", SETTING_PATH, KIOSK_LOCALE, 1, PATH_MOST, "folder of .mo files" },
    { "paths.themes", SETTING_PATH, KIOSK_THEMES, 1, PATH_MOST, "folder of light.ini, evening.ini, contrast.ini" },
    { "paths.speech", SETTING_PATH, "/usr/bin/espeak-ng", 0, PATH_MOST, "what reads aloud; empty: nothing does" },
    LANGUAGES(INSTITUTION_NAME) /* one each */
};
const size_t kiosk_setting_count = COUNT(kiosk_settings);

const char *options_help(void)
{
    return "usage: kiosk --config FILE [--display] [--window] [--lang TAG]\n"
           "       kiosk --config FILE --script FILE [--headless] [--size WxH] [--out DIR] [--lang TAG]\n"
           "       kiosk --config FILE --self-test [--headless] [--size WxH]\n"
           "\n"
           "  --config FILE   kiosk.ini, as written by `registrar kiosk add`\n"
           "  --window        a window that fits the display, instead of the whole display\n"
           "  --display       the hall's screen: who is called where, instead of a kiosk that is touched\n"
           "  --script FILE   plays a visit (demo institutions only); exits 0 when every expectation held;\n"
           "                  \"-\": its steps are read from standard input while it is played\n"
           "  --self-test     says in JSON whether everything works that a kiosk needs; exits 0 when it does\n"
           "  --headless      without a display\n"
           "  --size WxH      pixels, instead of the panel in kiosk.ini\n"
           "  --out DIR       where a script's pictures and trees go\n"
           "  --lang TAG      the language of the first screen: uz, uz-Cyrl, ru, en\n"
           "  --version, --help\n";
}

static bool parse_size(const char *text, Options *options, Error *err)
{
    Str rest = str_from(text);
    Str width = str_split(&rest, 'x');
    int64_t w, h;

    if (!str_to_i64(width, 200, 7680, &w) || !str_to_i64(rest, 200, 7680, &h))
        return error_set(err, ERR_ARGUMENT, "--size wants WIDTHxHEIGHT in pixels, 200 to 7680 each, such as 1080x1920");
    options->width = (int)w;
    options->height = (int)h;
    return true;
}

static bool parse_language(const char *text, Options *options, Error *err)
{
    if (!language_parse(str_from(text), &options->language))
        return error_set(err, ERR_ARGUMENT, "--lang wants one of %s", language_all_tags());
    options->has_language = true;
    return true;
}

/* One of the options that take a value; *ret_known is false for all others. */
static bool parse_valued(const char *name, const char *value, Options *options, bool *ret_known, Error *err)
{
    *ret_known = true;
    if (!strcmp(name, "--config"))
        options->config_file = value;
    else if (!strcmp(name, "--script"))
        options->script_file = value;
    else if (!strcmp(name, "--out"))
        options->out_folder = value;
    else if (!strcmp(name, "--size"))
        return !value || parse_size(value, options, err);
    else if (!strcmp(name, "--lang"))
        return !value || parse_language(value, options, err);
    else
        *ret_known = false;
    return true;
}

bool options_parse(int argc, char **argv, Options *ret, Error *err)
{
    Options options = { .out_folder = "." };

    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        bool known;

        if (!parse_valued(name, value, &options, &known, err))
            return false;
        if (known && !value)
            return error_set(err, ERR_ARGUMENT, "%s wants a value", name);
        if (known)
            i++;
        else if (!strcmp(name, "--headless"))
            options.headless = true;
        else if (!strcmp(name, "--self-test"))
            options.self_test = true;
        else if (!strcmp(name, "--display"))
            options.display = true;
        else if (!strcmp(name, "--window"))
            options.window = true;
        else if (!strcmp(name, "--help"))
            options.help = true;
        else if (!strcmp(name, "--version"))
            options.version = true;
        else
            return error_set(err, ERR_ARGUMENT, "what is %.60s? See kiosk --help", name);
    }
    if (!options.help && !options.version && !options.config_file)
        return error_set(err, ERR_ARGUMENT, "--config FILE is missing: `registrar kiosk add` writes one");
    if (options.headless && !options.script_file && !options.self_test)
        return error_set(err, ERR_ARGUMENT, "--headless needs --script or --self-test: nobody could touch it");
    *ret = options;
    return true;
}
