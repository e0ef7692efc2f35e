#include "base/settings.h"

#include <ini.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

#define FILE_MAX_BYTES 65536u
#define TEXT_MAX       4095

typedef struct Setting {
    char *text; /* as given; a path already joined */
    int64_t number;
} Setting;

struct Settings {
    const SettingSpec *specs;
    size_t count;
    Setting *values; /* one a spec */
};

/* What libinih calls back with.  Debian's build tells the handler no line number, so the reader counts. */
typedef struct Loading {
    Settings *settings;
    const char *folder; /* paths stand relative to it; NULL: as they are */
    Str rest;
    int line;
    Error *err;
    bool failed;
} Loading;

static bool parse_bool(Str s, int64_t *ret)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = { { "yes", true },    { "no", false }, { "true", true },
                  { "false", false }, { "on", true },  { "off", false } };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_equal_text(s, words[i].word)) {
            *ret = words[i].value;
            return true;
        }
    return false;
}

static bool is_address(const char *path)
{
    size_t scheme = strspn(path, "abcdefghijklmnopqrstuvwxyz");

    return scheme > 0 && strncmp(path + scheme, "://", 3) == 0;
}

static char *join_path(const char *folder, const char *path)
{
    char joined[PATH_MAX];

    if (!folder || path[0] == '/' || path[0] == '\0' || is_address(path))
        return mem_copy_text(path);
    if (!path_join(joined, sizeof(joined), folder, path, NULL))
        return NULL;
    return mem_copy_text(joined);
}

static bool set_text(const SettingSpec *spec, const char *text, const char *folder, Setting *setting, Error *err)
{
    int64_t len = (int64_t)strlen(text);
    int64_t max = spec->max > 0 ? spec->max : TEXT_MAX;

    if (len < spec->min || len > max)
        return error_set(err, ERR_RANGE, "%s must be %lld to %lld bytes long", spec->key, (long long)spec->min,
                         (long long)max);
    setting->text = spec->kind == SETTING_PATH ? join_path(folder, text) : mem_copy_text(text);
    return setting->text || error_set(err, ERR_MEMORY, "%s", spec->key);
}

/* The value itself is not repeated in the error: it may be a secret. */
static bool set_value(const SettingSpec *spec, const char *text, const char *folder, Setting *setting, Error *err)
{
    switch (spec->kind) {
    case SETTING_TEXT:
    case SETTING_PATH: return set_text(spec, text, folder, setting, err);
    case SETTING_NUMBER:
        if (!str_to_i64(str_from(text), spec->min, spec->max, &setting->number))
            return error_set(err, ERR_RANGE, "%s must be a number from %lld to %lld", spec->key, (long long)spec->min,
                             (long long)spec->max);
        break;
    case SETTING_BOOL:
        if (!parse_bool(str_from(text), &setting->number))
            return error_set(err, ERR_FORMAT, "%s must be yes or no", spec->key);
        break;
    }
    setting->text = mem_copy_text(text);
    return setting->text || error_set(err, ERR_MEMORY, "%s", spec->key);
}

/* "section.name" against a key, without putting it together. */
static bool is_key(const char *key, const char *section, const char *name)
{
    size_t len = strlen(section);

    return strncmp(key, section, len) == 0 && key[len] == '.' && strcmp(key + len + 1, name) == 0;
}

/* libinih's handler: 0 is refusal. */
static int take_line(void *user, const char *section, const char *name, const char *value)
{
    Loading *loading = user;
    Settings *settings = loading->settings;

    loading->failed = true;
    for (size_t i = 0; i < settings->count; i++) {
        if (!is_key(settings->specs[i].key, section, name))
            continue;
        if (settings->values[i].text) {
            error_set(loading->err, ERR_EXISTS, "%s stands twice", settings->specs[i].key);
            return 0;
        }
        loading->failed = !set_value(&settings->specs[i], value, loading->folder, &settings->values[i], loading->err);
        return !loading->failed;
    }
    error_set(loading->err, ERR_NOT_FOUND, "unknown setting %.40s.%.40s", section, name);
    return 0;
}

/* libinih's reader, as fgets.  A line that does not fit would be taken as two; it is refused instead. */
static char *next_line(char *line, int size, void *stream)
{
    Loading *loading = stream;

    if (loading->failed || loading->rest.len == 0)
        return NULL;
    loading->line++;
    const char *end = memchr(loading->rest.ptr, '\n', loading->rest.len);
    size_t len = end ? (size_t)(end - loading->rest.ptr) + 1 : loading->rest.len;
    if (!str_copy((Str){ loading->rest.ptr, len }, line, (size_t)size)) {
        loading->failed = true;
        error_set(loading->err, ERR_RANGE, "line of more than %d bytes, or with a zero byte", size - 2);
        return NULL;
    }
    loading->rest = (Str){ loading->rest.ptr + len, loading->rest.len - len };
    return line;
}

static Settings *settings_new(const SettingSpec *specs, size_t count, Error *err)
{
    OWNED(Settings) settings = mem_new(1, sizeof(*settings));

    if (settings) {
        settings->specs = specs;
        settings->values = mem_new(count, sizeof(Setting));
        settings->count = settings->values ? count : 0;
    }
    if (!settings || !settings->values) {
        error_set(err, ERR_MEMORY, "%zu settings", count);
        return NULL;
    }
    return steal(&settings);
}

static bool fill_fallbacks(Settings *settings, const char *folder, Error *err)
{
    for (size_t i = 0; i < settings->count; i++) {
        const SettingSpec *spec = &settings->specs[i];
        if (settings->values[i].text)
            continue;
        if (!spec->fallback)
            return error_set(err, ERR_NOT_FOUND, "%s must be given: %s", spec->key, spec->help ? spec->help : "");
        if (!set_value(spec, spec->fallback, folder, &settings->values[i], err))
            return error_add(err, "fallback");
    }
    return true;
}

static bool parse_file(Settings *settings, const char *path, Str bytes, const char *folder, Error *err)
{
    Loading loading = { .settings = settings, .folder = folder, .rest = bytes, .err = err };

    if (!utf8_valid(bytes))
        return error_set(err, ERR_FORMAT, "%s: not UTF-8", path);
    ini_use_stack = false; /* the stack's lines are of 200 bytes, too short for paths */
    ini_initial_alloc = TEXT_MAX + 128;
    ini_stop_on_first_error = true;
    int line = ini_parse_stream(next_line, &loading, take_line, &loading);
    if (loading.failed)
        return error_add(err, "%s:%d", path, loading.line);
    if (line < 0)
        return error_set(err, ERR_MEMORY, "%s", path);
    if (line > 0)
        return error_set(err, ERR_FORMAT, "%s:%d: neither [section] nor name = value", path, line);
    return true;
}

Settings *settings_load(const char *path, const SettingSpec *specs, size_t count, Error *err)
{
    OWNED(Settings) settings = settings_new(specs, count, err);
    OWNED_BUF file;
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    Str parent = !slash ? STR(".") : slash == path ? STR("/") : (Str){ path, (size_t)(slash - path) };

    buf_init(&file, FILE_MAX_BYTES);
    if (!settings || !file_read(path, &file, err))
        return NULL;
    if (!str_copy(parent, folder, sizeof(folder))) {
        error_set(err, ERR_RANGE, "path of %zu bytes", strlen(path));
        return NULL;
    }
    if (!parse_file(settings, path, buf_str(&file), folder, err))
        return NULL;
    if (!fill_fallbacks(settings, folder, err)) {
        error_add(err, "%s", path);
        return NULL;
    }
    return steal(&settings);
}

Settings *settings_default(const SettingSpec *specs, size_t count, Error *err)
{
    OWNED(Settings) settings = settings_new(specs, count, err);

    if (!settings || !fill_fallbacks(settings, NULL, err))
        return NULL;
    return steal(&settings);
}

void settings_free(Settings *settings)
{
    if (!settings)
        return;
    for (size_t i = 0; i < settings->count; i++) {
        char *text = settings->values[i].text;
        mem_free_wiped(text, text ? strlen(text) : 0);
    }
    mem_free(settings->values);
    mem_free(settings);
}

static const Setting *find(const Settings *settings, const char *key, SettingKind kind, SettingKind or_kind)
{
    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->specs[i].key, key) == 0) {
            assert(settings->specs[i].kind == kind || settings->specs[i].kind == or_kind);
            (void)kind;
            (void)or_kind;
            return &settings->values[i];
        }
    assert(!"no such setting");
    static const Setting none = { .text = NULL };
    return &none;
}

const char *settings_text(const Settings *settings, const char *key)
{
    const char *text = find(settings, key, SETTING_TEXT, SETTING_PATH)->text;

    return text ? text : "";
}

int64_t settings_number(const Settings *settings, const char *key)
{
    return find(settings, key, SETTING_NUMBER, SETTING_NUMBER)->number;
}

bool settings_bool(const Settings *settings, const char *key)
{
    return find(settings, key, SETTING_BOOL, SETTING_BOOL)->number != 0;
}
