#include "wire/theme.h"

#include <string.h>

#include "base/crypto.h"
#include "wire/json.h"

/* --- logo -------------------------------------------------------------------------------------------------------- */

static uint32_t big_endian(const char *bytes)
{
    const uint8_t *b = (const uint8_t *)bytes;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Signature (8), length and name of the first chunk (8), then width and height (PNG, section 11.2.2). */
static bool check_png(Str bytes, Error *err)
{
    if (bytes.len < 24)
        return error_set(err, ERR_FORMAT, "a PNG that ends in its head");
    uint32_t width = big_endian(bytes.ptr + 16), height = big_endian(bytes.ptr + 20);
    uint32_t shorter = width < height ? width : height, longer = width < height ? height : width;

    if (shorter < LOGO_SIDE_LEAST || longer > LOGO_SIDE_MOST)
        return error_set(err, ERR_RANGE, "a PNG of %u x %u pixels: sides of %d to %d are wanted", (unsigned)width,
                         (unsigned)height, LOGO_SIDE_LEAST, LOGO_SIDE_MOST);
    if (longer > LOGO_RATIO_MOST * shorter)
        return error_set(err, ERR_RANGE, "a PNG of %u x %u pixels: there is room for a square, not for a ribbon",
                         (unsigned)width, (unsigned)height);
    return true;
}

bool logo_look(Str bytes, LogoKind *ret, Error *err)
{
    static const char png[] = "\x89PNG\r\n\x1a\n";
    Str text = str_trim(bytes);
    bool is_png = bytes.len >= 8 && memcmp(bytes.ptr, png, 8) == 0;

    if (bytes.len > LOGO_BYTES_MOST)
        return error_set(err, ERR_RANGE, "a logo of %zu bytes: %u at most", bytes.len, LOGO_BYTES_MOST);
    if (is_png && !check_png(bytes, err))
        return false;
    if (!is_png && (!str_starts(text, STR("<")) || !memmem(text.ptr, text.len, "<svg", 4)))
        return error_set(err, ERR_FORMAT, "neither PNG nor SVG");
    if (!is_png && memmem(text.ptr, text.len, "stroke", 6)) /* a dashed one keeps the glass's reader busy for hours */
        return error_set(err, ERR_UNSUPPORTED, "an SVG with strokes: only filled paths are drawn");
    *ret = is_png ? LOGO_PNG : LOGO_SVG;
    return true;
}

bool brand_parse(Str text, Rgb *ret)
{
    Rgb read;

    if (!rgb_parse(text, &read))
        return false;
    *ret = read ? read : BRAND_BLACK;
    return true;
}

/* --- JSON -------------------------------------------------------------------------------------------------------- */

bool api_theme_write(const ApiTheme *theme, Buf *buf, Error *err)
{
    OWNED_BUF logo;
    char brand[8] = "";

    buf_init(&logo, THEME_BYTES_MOST);
    if (theme->brand)
        rgb_write(theme->brand, brand);
    if (theme->logo)
        base64url_write(&logo, blob_str(theme->logo).ptr, blob_str(theme->logo).len);
    if (!buf_ok(&logo, err))
        return error_add(err, "theme");
    OWNED(json_t)
    json = json_pack("{s:s, s:s, s:s}", "version", theme->version, "brand", brand, "logo", buf_text(&logo));
    return json ? json_write(json, buf, err) : error_set(err, ERR_MEMORY, "theme");
}

static bool read_logo(Str text, Blob **ret, Error *err)
{
    OWNED_BUF bytes;
    LogoKind kind;

    buf_init(&bytes, LOGO_BYTES_MOST);
    if (text.len == 0)
        return true;
    if (!base64url_read(text, &bytes) || !buf_ok(&bytes, err) || !logo_look(buf_str(&bytes), &kind, err))
        return error_set(err, ERR_PROTOCOL, "logo");
    *ret = blob_take_buf(&bytes);
    return *ret || error_set(err, ERR_MEMORY, "logo");
}

bool api_theme_read(Str text, ApiTheme *ret, Error *err)
{
    OWNED(json_t) json = json_read(text, err);
    const json_t *brand = json_object_get(json, "brand"), *logo = json_object_get(json, "logo");
    const json_t *version = json_object_get(json, "version");
    Str colour = { json_string_value(brand), json_string_length(brand) };
    ApiTheme read = { 0 };

    *ret = (ApiTheme){ 0 };
    if (!json_is_string(brand) || !json_is_string(logo) || !json_is_string(version))
        return error_set(err, ERR_PROTOCOL, "theme: version, brand or logo is missing");
    if (!json_string_length(version) ||
        !str_copy((Str){ json_string_value(version), json_string_length(version) }, read.version, sizeof read.version))
        return error_set(err, ERR_PROTOCOL, "theme: version is empty or too long");
    if (colour.len && !brand_parse(colour, &read.brand))
        return error_set(err, ERR_PROTOCOL, "theme: brand is not #RRGGBB");
    if (!read_logo((Str){ json_string_value(logo), json_string_length(logo) }, &read.logo, err))
        return error_add(err, "theme");
    *ret = read;
    return true;
}

void api_theme_fini(ApiTheme *theme)
{
    blob_drop(theme->logo);
    *theme = (ApiTheme){ 0 };
}
