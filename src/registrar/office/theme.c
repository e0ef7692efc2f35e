#include "registrar/office/theme.h"

#include <string.h>

#include "base/file.h"
#include "registrar/document/logo.h"
#include "registrar/office/feed.h"
#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/themes.h"

/* --- the files' own ---------------------------------------------------------------------------------------------- */

static bool version_of(Rgb brand, Str logo, char ret[API_VERSION_SIZE], Error *err)
{
    OWNED_BUF text;

    buf_init(&text, LOGO_BYTES_MOST + 16);
    buf_add_format(&text, "%06x ", (unsigned)brand);
    buf_add_str(&text, logo);
    return buf_ok(&text, err) && api_version(buf_str(&text), ret, err);
}

bool theme_load_own(Office *office, Error *err)
{
    const char *file = office->config.logo_file;
    ApiTheme *own = &office->own_theme;
    LogoKind kind;
    OWNED_BUF logo;

    buf_init(&logo, LOGO_BYTES_MOST);
    own->brand = institution_brand(office->institution);
    if (file && (!file_read(file, &logo, err) || !logo_check(buf_str(&logo), &kind, err)))
        return error_add(err, "logo %.100s", file);
    if (!version_of(own->brand, buf_str(&logo), own->version, err))
        return false;
    if (file)
        own->logo = blob_take_buf(&logo);
    return !file || own->logo || error_set(err, ERR_MEMORY, "logo");
}

/* --- choosing ---------------------------------------------------------------------------------------------------- */

typedef struct Choosing {
    const ThemeWish *wish;
    const char *institution;
    int64_t now_ms;
} Choosing;

static bool choose(StoreTransaction *transaction, void *arg, Error *err)
{
    const Choosing *choosing = arg;
    const ThemeWish *wish = choosing->wish;
    char object[64] = "institution:";
    Rgb brand = 0;
    ThemeRow row;
    OWNED_BUF kept;

    buf_init(&kept, LOGO_BYTES_MOST);
    if (!themes_get(transaction, &row, &kept, err))
        return false;
    if (wish->brand)
        str_copy_cut(strcmp(wish->brand, "none") == 0 ? STR("") : str_from(wish->brand), row.brand, sizeof row.brand);
    Str logo = wish->change_logo ? wish->logo : buf_str(&kept);
    row.has_logo = logo.len > 0;
    if (row.brand[0] && !brand_parse(str_from(row.brand), &brand))
        return error_set(err, ERR_STORE, "a brand in the register that is none");
    str_copy_cut(str_from(choosing->institution), object + strlen(object), sizeof object - strlen(object));
    return version_of(brand, logo, row.version, err) &&
           themes_put(transaction, &row, logo, choosing->now_ms / 1000, err) &&
           feed_say(transaction, &(FeedEvent){ .what = CHANGED_THEME, .at_ms = choosing->now_ms }, err) &&
           acts_add(transaction, &(Act){ choosing->now_ms, "command-line", "theme.set", object, NULL }, err);
}

bool theme_set(Office *office, const ThemeWish *wish, Error *err)
{
    Choosing choosing = { wish, office->config.institution, office_now_ms(office) };
    Error why = { 0 };
    LogoKind kind;
    Rgb brand;

    if (wish->brand && strcmp(wish->brand, "none") != 0 && !brand_parse(str_from(wish->brand), &brand))
        return error_set(err, ERR_ARGUMENT, "a colour is #RRGGBB, or none");
    if (wish->change_logo && wish->logo.len && !logo_check(wish->logo, &kind, &why))
        return error_set(err, ERR_ARGUMENT, "the logo is refused: %s", why.text);
    return store_write(office->store, choose, &choosing, err) || error_add(err, "theme");
}

/* --- for kiosks -------------------------------------------------------------------------------------------------- */

typedef struct Chosen {
    ThemeRow row;
    Buf *logo; /* NULL: not wanted */
} Chosen;

static bool find(StoreTransaction *transaction, void *arg, Error *err)
{
    Chosen *chosen = arg;

    return themes_get(transaction, &chosen->row, chosen->logo, err);
}

/* Both parts may change without the other. */
static bool joint_version(const Office *office, const ThemeRow *row, char ret[API_VERSION_SIZE], Error *err)
{
    OWNED_BUF both;

    buf_init(&both, 64);
    buf_add_format(&both, "%s %s", office->own_theme.version, row->version);
    return buf_ok(&both, err) && api_version(buf_str(&both), ret, err);
}

bool theme_version(Office *office, char ret[API_VERSION_SIZE], Error *err)
{
    Chosen chosen = { 0 };

    return (store_read(office->store, find, &chosen, err) && joint_version(office, &chosen.row, ret, err)) ||
           error_add(err, "theme");
}

bool theme_get(Office *office, ApiTheme *ret, Error *err)
{
    OWNED_BUF logo;
    Chosen chosen = { .logo = &logo };
    ApiTheme theme = { .brand = office->own_theme.brand };

    buf_init(&logo, LOGO_BYTES_MOST);
    if (!store_read(office->store, find, &chosen, err) || !joint_version(office, &chosen.row, theme.version, err))
        return error_add(err, "theme");
    if (chosen.row.brand[0] && !brand_parse(str_from(chosen.row.brand), &theme.brand))
        return error_set(err, ERR_STORE, "a brand in the register that is none");
    if (chosen.row.has_logo)
        theme.logo = blob_take_buf(&logo);
    else if (office->own_theme.logo)
        theme.logo = blob_keep(office->own_theme.logo);
    if (chosen.row.has_logo && !theme.logo)
        return error_set(err, ERR_MEMORY, "theme");
    *ret = theme;
    return true;
}
