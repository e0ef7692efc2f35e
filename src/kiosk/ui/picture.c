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

typedef enum Kind { KIND_NONE, KIND_ICON, KIND_ART, KIND_PAGE, KIND_STARS } Kind;

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
    mem_free(pictures);
}

void pictures_forget(Pictures *pictures)
{
    for (size_t i = 0; i < KEPT_MOST; i++)
        if (pictures->kept[i].kind == KIND_PAGE)
            empty(&pictures->kept[i]);
}

size_t pictures_kept_blobs(const Pictures *pictures)
{
    size_t count = 0;

    for (size_t i = 0; i < KEPT_MOST; i++)
        count += pictures->kept[i].blob != NULL;
    return count;
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

/* Thin lines where the icon is large, strong ones for marks.  Same length as the file's "1.75".  Source: tokens of the
 * look. */
static const char *stroke_for(const char *name, float mm)
{
    if (strcmp(name, "check") == 0 || strcmp(name, "down") == 0)
        return "2.30";
    if (strcmp(name, "logo") == 0)
        return mm > 23 ? "1.20" : "1.40";
    return mm > 25 ? "1.30" : mm > 20.5F ? "1.50" : "1.75";
}

static void fill_icon(const Pictures *pictures, Kept *kept, const char *stroke)
{
    OWNED_BUF svg;
    char attribute[32];
    SDL_Surface *drawn;

    buf_init(&svg, SVG_SIZE_MOST);
    if (!read_svg(pictures, kept->name, &svg))
        return;
    (void)snprintf(attribute, sizeof(attribute), "stroke-width=\"%s\"", stroke);
    replace(&svg, "stroke-width=\"1.75\"", attribute);
    drawn = draw_svg(&svg, kept->width, kept->height);
    if (!drawn)
        return;
    kept->mask.rows = mem_new((size_t)drawn->w * (size_t)drawn->h, 1);
    if (kept->mask.rows) {
        kept->mask = (Mask){ kept->mask.rows, drawn->w, drawn->h, 0, 0 };
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

float pictures_art_aspect(Pictures *pictures, const char *name)
{
    static const char attribute[] = "viewBox=\"";
    OWNED_BUF svg;
    const char *box;
    char *next;
    float numbers[4]; /* x, y, width, height */

    buf_init(&svg, SVG_SIZE_MOST);
    if (!read_svg(pictures, name, &svg) || !(box = strstr(buf_text(&svg), attribute)))
        return 0;
    box += sizeof(attribute) - 1;
    for (size_t i = 0; i < COUNT(numbers); i++, box = next) {
        numbers[i] = strtof(box, &next);
        if (next == box)
            return 0;
    }
    return numbers[2] > 0 && numbers[3] > 0 ? numbers[3] / numbers[2] : 0;
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
