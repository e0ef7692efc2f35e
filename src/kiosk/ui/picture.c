#include "kiosk/ui/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <SDL_image.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/ui/scale.h"

#define KEPT_MOST     96
#define NAME_SIZE     48
#define SVG_SIZE_MOST (256u << 10)
#define SIDE_MOST     4096 /* pixels of a picture's longer side */
#define LOGO_JUDGED   48   /* pixels a side when a logo is judged against its ground */
#define LOGO_CONTRAST 3.0  /* WCAG 2.2, 1.4.11: what is not text */

typedef enum Kind { KIND_NONE, KIND_ICON, KIND_ART, KIND_PAGE, KIND_STARS, KIND_LOGO } Kind;

typedef struct Kept {
    Kind kind;
    char name[NAME_SIZE];
    Blob *blob; /* of a page: kept, so that its address stays its own */
    int width, height;
    uint64_t look; /* what else it depends on: stroke, colours */
    uint64_t used;
    Mask mask;
    Image image;
} Kept;

struct Pictures {
    char folder[512];
    Blob *logo;
    float logo_aspect;
    Pixel logo_ground; /* that it was last judged on */
    bool logo_judged, logo_shows;
    bool emblem; /* the logo is an SVG of one colour: drawn in the ink of its place, as icons are */
    uint64_t uses;
    Kept kept[KEPT_MOST];
};

Pictures *pictures_new(const char *icons_folder, Error *err)
{
    OWNED(Pictures) pictures = mem_new(1, sizeof(*pictures));

    if (!pictures) {
        error_set(err, ERR_MEMORY, "pictures");
        return NULL;
    }
    if (!str_copy(str_from(icons_folder), pictures->folder, sizeof(pictures->folder))) {
        error_set(err, ERR_RANGE, "folder of icons: name too long");
        return NULL;
    }
    return steal(&pictures);
}

static void empty(Kept *kept)
{
    mem_free_wiped(kept->mask.rows, (size_t)kept->mask.width * (size_t)kept->mask.height);
    mem_free_wiped(kept->image.pixels, (size_t)kept->image.width * (size_t)kept->image.height * sizeof(uint32_t));
    blob_drop(kept->blob);
    mem_wipe(kept, sizeof(*kept));
}

void pictures_free(Pictures *pictures)
{
    if (!pictures)
        return;
    for (size_t i = 0; i < KEPT_MOST; i++)
        empty(&pictures->kept[i]);
    blob_drop(pictures->logo);
    mem_free(pictures);
}

void pictures_forget(Pictures *pictures)
{
    for (size_t i = 0; i < KEPT_MOST; i++)
        if (pictures->kept[i].kind == KIND_PAGE)
            empty(&pictures->kept[i]);
}

/* The one that is kept under key, or an emptied place for it with *ret_new set. */
static Kept *place_for(Pictures *pictures, const Kept *key, bool *ret_new)
{
    Kept *oldest = &pictures->kept[0];

    *ret_new = false;
    for (size_t i = 0; i < KEPT_MOST; i++) {
        Kept *kept = &pictures->kept[i];
        if (kept->kind == key->kind && kept->width == key->width && kept->height == key->height &&
            kept->look == key->look && kept->blob == key->blob && strcmp(kept->name, key->name) == 0) {
            kept->used = ++pictures->uses;
            return kept;
        }
        if (kept->used < oldest->used)
            oldest = kept;
    }
    empty(oldest);
    *oldest = *key;
    oldest->used = ++pictures->uses;
    if (oldest->blob)
        blob_keep(oldest->blob);
    *ret_new = true;
    return oldest;
}

/* ---- SVG ---- */

static bool read_svg(const Pictures *pictures, const char *name, Buf *buf)
{
    char file[NAME_SIZE + 8], path[600];

    (void)snprintf(file, sizeof(file), "%s.svg", name);
    return path_join(path, sizeof(path), pictures->folder, file, NULL) && file_read(path, buf, NULL);
}

/* Puts `with` for every `what` of the same length. */
static void replace(Buf *svg, const char *what, const char *with)
{
    size_t length = strlen(what);

    if (svg->len == 0)
        return;
    for (char *at = svg->data; (at = memmem(at, svg->len - (size_t)(at - svg->data), what, length)); at += length)
        memcpy(at, with, length);
}

/* As 0xAARRGGBB pixels; NULL when it can't be read.  Freed by the caller with free_surface. */
static SDL_Surface *draw_svg(const Buf *svg, int width, int height)
{
    SDL_RWops *file = SDL_RWFromConstMem(svg->data, (int)svg->len);
    SDL_Surface *drawn = file ? IMG_LoadSizedSVG_RW(file, width, height) : NULL;
    SDL_Surface *plain = drawn ? SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;

    SDL_FreeSurface(drawn);
    if (file)
        SDL_RWclose(file);
    return plain;
}

static void free_surface(SDL_Surface *surface)
{
    if (surface)
        mem_wipe(surface->pixels, (size_t)surface->pitch * (size_t)surface->h);
    SDL_FreeSurface(surface);
}

static const uint32_t *surface_row(const SDL_Surface *surface, int y)
{
    return (const uint32_t *)(const void *)((const char *)surface->pixels + (ptrdiff_t)y * surface->pitch);
}

static bool is_logo(const char *name)
{
    return strcmp(name, "logo") == 0;
}

/* Thin lines where the icon is large, strong ones for marks.  Same length as the file's "1.75".  Source: tokens of the
 * look. */
static const char *stroke_for(const char *name, float mm)
{
    if (strcmp(name, "check") == 0 || strcmp(name, "down") == 0)
        return "2.30";
    if (is_logo(name))
        return mm > 23 ? "1.20" : "1.40";
    return mm > 25 ? "1.30" : mm > 20.5F ? "1.50" : "1.75";
}

static bool read_icon(const Pictures *pictures, const char *name, Buf *svg)
{
    if (!pictures->emblem || !is_logo(name))
        return read_svg(pictures, name, svg);
    buf_add_str(svg, blob_str(pictures->logo));
    return buf_ok(svg, NULL);
}

static void fill_icon(const Pictures *pictures, Kept *kept, const char *stroke)
{
    OWNED_BUF svg;
    char attribute[32];
    SDL_Surface *drawn;

    buf_init(&svg, SVG_SIZE_MOST);
    if (!read_icon(pictures, kept->name, &svg))
        return;
    (void)snprintf(attribute, sizeof(attribute), "stroke-width=\"%s\"", stroke);
    replace(&svg, "stroke-width=\"1.75\"", attribute);
    drawn = draw_svg(&svg, kept->width, kept->height);
    if (!drawn)
        return;
    kept->mask.rows = mem_new((size_t)drawn->w * (size_t)drawn->h, 1);
    if (kept->mask.rows) {
        kept->mask =
            (Mask){ kept->mask.rows, drawn->w, drawn->h, (kept->width - drawn->w) / 2, (kept->height - drawn->h) / 2 };
        for (int y = 0; y < drawn->h; y++)
            for (int x = 0; x < drawn->w; x++)
                kept->mask.rows[y * drawn->w + x] = (uint8_t)(surface_row(drawn, y)[x] >> 24);
    }
    free_surface(drawn);
}

const Mask *pictures_icon(Pictures *pictures, const char *name, int size, float mm)
{
    const char *stroke = stroke_for(name, mm);
    Kept key = { .kind = KIND_ICON, .width = size, .height = size };
    Kept *kept;
    bool is_new;

    if (size <= 0 || size > SIDE_MOST || !str_copy(str_from(name), key.name, sizeof(key.name)))
        return NULL;
    memcpy(&key.look, stroke, 4);
    kept = place_for(pictures, &key, &is_new);
    if (is_new)
        fill_icon(pictures, kept, stroke);
    return kept->mask.rows ? &kept->mask : NULL;
}

/* The light theme's colours, as the files have them. */
static const struct {
    const char *in_file;
    Colour role;
} art_colours[] = {
    { "#0B4F5C", COLOUR_BRAND }, { "#083E49", COLOUR_BRAND_DEEP }, { "#76808A", COLOUR_EDGE },
    { "#0E5A34", COLOUR_GOOD },  { "#763F00", COLOUR_WARN },       { "#8F1D18", COLOUR_BAD },
    { "#E3EFF0", COLOUR_TINT },
};

static bool take_image(SDL_Surface *drawn, Image *image)
{
    size_t row = (size_t)drawn->w * sizeof(uint32_t);

    image->pixels = mem_new((size_t)drawn->h, row);
    if (!image->pixels)
        return false;
    image->width = drawn->w;
    image->height = drawn->h;
    for (int y = 0; y < drawn->h; y++)
        memcpy(image->pixels + (ptrdiff_t)y * drawn->w, surface_row(drawn, y), row);
    return true;
}

static void fill_art(const Pictures *pictures, Kept *kept, const Theme *theme)
{
    OWNED_BUF svg;
    SDL_Surface *drawn;

    buf_init(&svg, SVG_SIZE_MOST);
    if (!read_svg(pictures, kept->name, &svg))
        return;
    for (size_t i = 0; i < COUNT(art_colours); i++) {
        char colour[8];
        /* 'x' keeps what was put from being replaced again; made '#' at the end. */
        (void)snprintf(colour, sizeof(colour), "x%06X", (unsigned)theme->colour[art_colours[i].role] & 0xffffff);
        replace(&svg, art_colours[i].in_file, colour);
    }
    replace(&svg, "\"x", "\"#");
    drawn = draw_svg(&svg, kept->width, kept->height);
    if (drawn)
        (void)take_image(drawn, &kept->image);
    free_surface(drawn);
}

bool picture_is_art(const char *name)
{
    return str_starts(str_from(name), STR("picture-"));
}

const Image *pictures_art(Pictures *pictures, const char *name, int width, int height, const Theme *theme)
{
    Kept key = { .kind = KIND_ART, .width = width, .height = height };
    Kept *kept;
    bool is_new;

    if (width <= 0 || height <= 0 || width > SIDE_MOST || height > SIDE_MOST ||
        !str_copy(str_from(name), key.name, sizeof(key.name)))
        return NULL;
    for (size_t i = 0; i < COUNT(art_colours); i++)
        key.look = key.look * 0x100000001b3U + theme->colour[art_colours[i].role];
    kept = place_for(pictures, &key, &is_new);
    if (is_new)
        fill_art(pictures, kept, theme);
    return kept->image.pixels ? &kept->image : NULL;
}

/* Height for a width of 1, by the drawing's viewBox; 0 when it has none. */
static float svg_aspect(const Buf *svg)
{
    static const char attribute[] = "viewBox=\"";
    const char *box = strstr(buf_text(svg), attribute);
    char *next;
    float numbers[4]; /* x, y, width, height */

    if (!box)
        return 0;
    box += sizeof(attribute) - 1;
    for (size_t i = 0; i < COUNT(numbers); i++, box = next) {
        numbers[i] = strtof(box, &next);
        if (next == box)
            return 0;
    }
    return numbers[2] > 0 && numbers[3] > 0 ? numbers[3] / numbers[2] : 0;
}

float pictures_art_aspect(Pictures *pictures, const char *name)
{
    OWNED_BUF svg;

    buf_init(&svg, SVG_SIZE_MOST);
    return read_svg(pictures, name, &svg) ? svg_aspect(&svg) : 0;
}

/* ---- pages ---- */

static uint32_t big_endian(const char *bytes)
{
    const uint8_t *b = (const uint8_t *)bytes;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

float picture_page_aspect(const Blob *png)
{
    Str bytes = blob_str(png);
    uint32_t width, height;

    /* Signature (8), length and name of the first chunk (8), then width and height. */
    if (bytes.len < 24 || memcmp(bytes.ptr, "\x89PNG\r\n\x1a\n", 8) != 0)
        return 0;
    width = big_endian(bytes.ptr + 16);
    height = big_endian(bytes.ptr + 20);
    return width > 0 && height > 0 && width < 20000 && height < 20000 ? (float)height / (float)width : 0;
}

static void fill_page(Kept *kept)
{
    Str bytes = blob_str(kept->blob);
    SDL_RWops *file = SDL_RWFromConstMem(bytes.ptr, (int)bytes.len);
    SDL_Surface *read = file ? IMG_LoadPNG_RW(file) : NULL;
    SDL_Surface *plain = read ? SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    Image whole = { 0 };

    if (plain && take_image(plain, &whole))
        image_scale(&whole, kept->width, kept->height, &kept->image);
    image_fini(&whole);
    free_surface(read);
    free_surface(plain);
    if (file)
        SDL_RWclose(file);
}

const Image *pictures_page(Pictures *pictures, Blob *png, int width, int height)
{
    Kept key = { .kind = KIND_PAGE, .width = width, .height = height, .blob = png };
    Kept *kept;
    bool is_new;

    if (width <= 0 || height <= 0 || width > SIDE_MOST || height > SIDE_MOST || picture_page_aspect(png) <= 0)
        return NULL;
    kept = place_for(pictures, &key, &is_new);
    if (is_new)
        fill_page(kept);
    return kept->image.pixels ? &kept->image : NULL;
}

/* ---- logo ---- */

static bool logo_svg(const Blob *logo, Buf *svg)
{
    Str bytes = blob_str(logo);

    buf_add(svg, bytes.ptr, bytes.len);
    return buf_ok(svg, NULL);
}

static float logo_aspect(const Blob *logo)
{
    OWNED_BUF svg;
    float aspect = picture_page_aspect(logo);

    buf_init(&svg, SVG_SIZE_MOST);
    if (aspect > 0)
        return aspect;
    return logo_svg(logo, &svg) ? svg_aspect(&svg) : 0;
}

static bool is_near(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > 16)
            return false;
    return true;
}

/* An SVG whose full pixels are all of one colour. */
static bool is_emblem(const Blob *logo)
{
    OWNED_BUF svg;
    SDL_Surface *drawn;
    uint32_t first = 0;
    bool one = true;

    buf_init(&svg, SVG_SIZE_MOST);
    if (picture_page_aspect(logo) > 0 || !logo_svg(logo, &svg))
        return false;
    drawn = draw_svg(&svg, LOGO_JUDGED, LOGO_JUDGED);
    for (int i = 0; drawn && one && i < drawn->w * drawn->h; i++) {
        uint32_t pixel = surface_row(drawn, i / drawn->w)[i % drawn->w];
        if (pixel >> 24 < 0xf0)
            continue;
        first = first ? first : pixel;
        one = is_near(pixel, first);
    }
    free_surface(drawn);
    return one && first;
}

void pictures_set_logo(Pictures *pictures, Blob *logo)
{
    if (pictures->logo == logo)
        return;
    for (size_t i = 0; i < KEPT_MOST; i++)
        if (pictures->kept[i].kind == KIND_LOGO ||
            (pictures->kept[i].kind == KIND_ICON && is_logo(pictures->kept[i].name)))
            empty(&pictures->kept[i]);
    blob_drop(pictures->logo);
    pictures->logo = logo ? blob_keep(logo) : NULL;
    pictures->logo_aspect = logo ? logo_aspect(logo) : 0;
    pictures->logo_judged = false;
    pictures->emblem = pictures->logo_aspect > 0 && is_emblem(logo);
}

bool pictures_logo_is_emblem(const Pictures *pictures)
{
    return pictures->emblem;
}

Blob *pictures_logo_blob(const Pictures *pictures)
{
    return pictures->logo;
}

float pictures_logo_aspect(const Pictures *pictures)
{
    return pictures->logo_aspect;
}

static void fill_logo(Kept *kept)
{
    OWNED_BUF svg;
    SDL_Surface *drawn;

    buf_init(&svg, SVG_SIZE_MOST);
    if (picture_page_aspect(kept->blob) > 0) {
        fill_page(kept);
        return;
    }
    drawn = logo_svg(kept->blob, &svg) ? draw_svg(&svg, kept->width, kept->height) : NULL;
    if (drawn)
        (void)take_image(drawn, &kept->image);
    free_surface(drawn);
}

const Image *pictures_logo(Pictures *pictures, int width, int height)
{
    Kept key = { .kind = KIND_LOGO, .width = width, .height = height, .blob = pictures->logo };
    Kept *kept;
    bool is_new;

    if (width <= 0 || height <= 0 || width > SIDE_MOST || height > SIDE_MOST || pictures->logo_aspect <= 0)
        return NULL;
    kept = place_for(pictures, &key, &is_new);
    if (is_new)
        fill_logo(kept);
    return kept->image.pixels ? &kept->image : NULL;
}

bool pictures_logo_shows_on(Pictures *pictures, Pixel ground)
{
    const Image *image;
    long opaque = 0, seen = 0;

    if (pictures->logo_judged && pictures->logo_ground == ground)
        return pictures->logo_shows;
    image = pictures_logo(pictures, LOGO_JUDGED, LOGO_JUDGED);
    for (int i = 0; image && i < image->width * image->height; i++) {
        long alpha = image->pixels[i] >> 24;
        opaque += alpha;
        seen += theme_contrast(image->pixels[i] & 0xffffff, ground) >= LOGO_CONTRAST ? alpha : 0;
    }
    pictures->logo_judged = true;
    pictures->logo_ground = ground;
    pictures->logo_shows = seen * 2 > opaque;
    return pictures->logo_shows;
}

const Image *pictures_stars(Pictures *pictures, int period, Pixel ground, Pixel star, Pixel line)
{
    Kept key = { .kind = KIND_STARS, .width = period, .height = period };
    Kept *kept;
    bool is_new;

    if (period <= 0 || period > SIDE_MOST)
        return NULL;
    key.look = ((uint64_t)ground << 40) ^ ((uint64_t)star << 20) ^ line;
    kept = place_for(pictures, &key, &is_new);
    if (is_new) {
        kept->image.pixels = mem_new((size_t)period * (size_t)period, sizeof(uint32_t));
        if (kept->image.pixels)
            draw_star_tile(&kept->image, period, ground, star, line);
    }
    return kept->image.pixels ? &kept->image : NULL;
}
