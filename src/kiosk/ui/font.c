/* How SDL_ttf is made to do what it does not know:
 *
 * Places.  Each face is open once more, so large that widths come out in its own units, and there pairs of letters are
 * measured, with their kerning.  Places are sums of these, scaled: exact, the same in every size, and mostly known
 * already.
 * Parts of pixels.  Faces are open QUARTERS times as wide as high.  What SDL_ttf draws on whole pixels is then folded
 * into pixels, from the quarter where the pen stands.
 * Tracking, figures of equal width.  Such letters are drawn one by one; all others in runs, as SDL_ttf shapes them.
 * Fallback.  Runs end where the face changes. */
#include "kiosk/ui/font.h"

#include <string.h>

#include <SDL_ttf.h>

#include "base/file.h"
#include "base/memory.h"

enum {
    QUARTERS = 4,
    RULER = 2816,           /* px: Inter's units in an em */
    FONTS_OPEN_MOST = 24,   /* faces in sizes; a screen has about ten */
    RULED_SLOTS = 4096,     /* pairs of letters; a power of two */
    LETTER_BYTES_MOST = 64, /* further marks begin a letter of their own */
    RUN_BYTES_MOST = 1024,
    RUN_WIDTH_MOST = 1024 * 64, /* holds the picture of a run within bounds */
    FILE_BYTES_MOST = 4 << 20,
};

/* Goes before whatever SDL_ttf measures or draws.  Letters may hang out to its left, as far as an em, and SDL_ttf
 * doesn't move them; and no string is without width, which SDL_ttf refuses. */
#define EM_SPACE "\u2003"

enum { FACE_REGULAR, FACE_MEDIUM, FACE_SEMIBOLD, FACE_BOLD, FACE_OTHER_REGULAR, FACE_OTHER_BOLD, FACE_COUNT };

static const char *const file_names[] = {
    [FACE_REGULAR] = "Inter-Regular.otf",          [FACE_MEDIUM] = "Inter-Medium.otf",
    [FACE_SEMIBOLD] = "Inter-SemiBold.otf",        [FACE_BOLD] = "Inter-Bold.otf",
    [FACE_OTHER_REGULAR] = "NotoSans-Regular.ttf", [FACE_OTHER_BOLD] = "NotoSans-Bold.ttf",
};
static_assert(COUNT(file_names) == FACE_COUNT, "one file per face");

/* A face in a size.  One font that changes its size would lose its letters each time. */
typedef struct SizedFont {
    TTF_Font *font; /* NULL: free */
    unsigned face;
    int32_t size; /* 1/64 px */
    uint64_t used;
} SizedFont;

/* A pair of letters, or one, or none, between two em spaces. */
typedef struct Ruled {
    uint64_t key; /* face and letters; 0: free */
    int32_t width;
} Ruled;

struct Fonts {
    bool started; /* TTF_Init */
    Buf files[FACE_COUNT];
    TTF_Font *rulers[FACE_COUNT];
    SizedFont open[FONTS_OPEN_MOST];
    uint64_t uses;
    Ruled ruled[RULED_SLOTS];
    char words[sizeof(EM_SPACE) + RUN_BYTES_MOST]; /* what is drawn now */
    uint8_t *mask;
    size_t mask_room;
};

/* ---- faces ---- */

/* SDL_ttf keeps the letters that it set last and their places: blanks are written over them. */
static void write_over(TTF_Font *font)
{
    char blanks[RUN_BYTES_MOST + 1];
    int width;

    memset(blanks, ' ', RUN_BYTES_MOST);
    blanks[RUN_BYTES_MOST] = '\0';
    (void)TTF_SizeUTF8(font, blanks, &width, NULL);
}

static TTF_Font *font_open(Fonts *fonts, unsigned face, unsigned dpi_across, unsigned dpi_down)
{
    SDL_RWops *bytes = SDL_RWFromConstMem(fonts->files[face].data, (int)fonts->files[face].len);
    TTF_Font *font = bytes ? TTF_OpenFontDPIRW(bytes, 1, 1, dpi_across, dpi_down) : NULL;

    if (!font)
        return NULL;
    TTF_SetFontHinting(font, TTF_HINTING_LIGHT); /* outlines are moved up and down only, widths not at all */
    write_over(font);                            /* what it keeps letters in never moves from now on */
    return font;
}

/* SDL_ttf takes whole points: of one point, the resolution says the size in 1/64 px. */
static unsigned dpi_of(int32_t size)
{
    return ((unsigned)size * 72 + 32) / 64;
}

/* NULL without memory: the letters are then not drawn. */
static TTF_Font *font_sized(Fonts *fonts, unsigned face, int32_t size)
{
    SizedFont *oldest = &fonts->open[0];

    for (size_t i = 0; i < FONTS_OPEN_MOST; i++) {
        SizedFont *sized = &fonts->open[i];
        if (sized->font && sized->face == face && sized->size == size) {
            sized->used = ++fonts->uses;
            return sized->font;
        }
        if (sized->used < oldest->used)
            oldest = sized;
    }
    if (oldest->font) {
        write_over(oldest->font);
        TTF_CloseFont(oldest->font);
    }
    *oldest = (SizedFont){ .font = font_open(fonts, face, QUARTERS * dpi_of(size), dpi_of(size)),
                           .face = face,
                           .size = size,
                           .used = ++fonts->uses };
    return oldest->font;
}

static bool face_open(Fonts *fonts, unsigned face, const char *folder, Error *err)
{
    char path[512];

    buf_init(&fonts->files[face], FILE_BYTES_MOST);
    if (!path_join(path, sizeof(path), folder, file_names[face], err) || !file_read(path, &fonts->files[face], err))
        return error_add(err, "fonts");
    fonts->rulers[face] = font_open(fonts, face, dpi_of(RULER * 64), dpi_of(RULER * 64));
    return fonts->rulers[face] || error_set(err, ERR_FORMAT, "fonts: %s: no font", path);
}

Fonts *fonts_new(const char *folder, Error *err)
{
    OWNED(Fonts) fonts = mem_new(1, sizeof(*fonts));

    if (!fonts || TTF_Init() != 0) {
        error_set(err, ERR_MEMORY, "fonts");
        return NULL;
    }
    fonts->started = true;
    for (unsigned i = 0; i < FACE_COUNT; i++)
        if (!face_open(fonts, i, folder, err))
            return NULL;
    return steal(&fonts);
}

void fonts_forget(Fonts *fonts)
{
    for (size_t i = 0; i < FACE_COUNT; i++)
        if (fonts->rulers[i])
            write_over(fonts->rulers[i]);
    for (size_t i = 0; i < FONTS_OPEN_MOST; i++)
        if (fonts->open[i].font)
            write_over(fonts->open[i].font);
    mem_wipe(fonts->ruled, sizeof(fonts->ruled)); /* words could be made of their pairs of letters */
    mem_wipe(fonts->words, sizeof(fonts->words));
    mem_free_wiped(fonts->mask, fonts->mask_room);
    fonts->mask = NULL;
    fonts->mask_room = 0;
}

void fonts_free(Fonts *fonts)
{
    if (!fonts)
        return;
    fonts_forget(fonts);
    for (size_t i = 0; i < FONTS_OPEN_MOST; i++)
        if (fonts->open[i].font)
            TTF_CloseFont(fonts->open[i].font);
    for (size_t i = 0; i < FACE_COUNT; i++) {
        if (fonts->rulers[i])
            TTF_CloseFont(fonts->rulers[i]);
        buf_fini(&fonts->files[i]);
    }
    if (fonts->started)
        TTF_Quit();
    mem_free(fonts);
}

static unsigned first_choice(const TextLook *look)
{
    return FACE_REGULAR + (unsigned)look->weight - WEIGHT_REGULAR;
}

static unsigned second_choice(const TextLook *look)
{
    return look->weight >= WEIGHT_SEMIBOLD ? FACE_OTHER_BOLD : FACE_OTHER_REGULAR;
}

/* The face that has c; what neither has is shown as Inter's empty box. */
static unsigned face_for(const Fonts *fonts, const TextLook *look, uint32_t c)
{
    unsigned first = first_choice(look), second = second_choice(look);

    return !TTF_GlyphIsProvided32(fonts->rulers[first], c) && TTF_GlyphIsProvided32(fonts->rulers[second], c) ? second
                                                                                                              : first;
}

/* ---- places ---- */

/* Units of a and b (0: nothing) between two em spaces. */
static int32_t ruled(Fonts *fonts, unsigned face, uint32_t a, uint32_t b)
{
    uint64_t key = (uint64_t)(face + 1) << 42 | (uint64_t)a << 21 | b;
    Ruled *slot = &fonts->ruled[(key * 0x9e3779b97f4a7c15U) >> 32 & (RULED_SLOTS - 1)];
    char words[2 * sizeof(EM_SPACE) + 8] = EM_SPACE;
    size_t length = sizeof(EM_SPACE) - 1;
    int width = 0;

    if (slot->key == key)
        return slot->width;
    length += a ? utf8_write(a, words + length) : 0;
    length += b ? utf8_write(b, words + length) : 0;
    memcpy(words + length, EM_SPACE, sizeof(EM_SPACE));
    (void)TTF_SizeUTF8(fonts->rulers[face], words, &width, NULL);
    *slot = (Ruled){ key, width };
    return width;
}

static int32_t width_of(Fonts *fonts, unsigned face, uint32_t c)
{
    return ruled(fonts, face, c, 0) - ruled(fonts, face, 0, 0);
}

static int32_t kerning(Fonts *fonts, unsigned face, uint32_t a, uint32_t b)
{
    return ruled(fonts, face, a, b) - ruled(fonts, face, a, 0) - width_of(fonts, face, b);
}

/* Marks that belong to the letter before them. */
static bool joins(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036f) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f);
}

static bool is_figure(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Width of every figure where all are equally wide; else 0. */
static int32_t cell_of(Fonts *fonts, const TextLook *look)
{
    int32_t cell = 0;

    for (uint32_t c = '0'; look->tabular && c <= '9'; c++) {
        int32_t width = width_of(fonts, first_choice(look), c);
        cell = width > cell ? width : cell;
    }
    return cell;
}

/* Units of the ruler to 1/64 px. */
static int32_t scaled(const TextLook *look, int64_t units)
{
    return (int32_t)((units * look->size + RULER / 2) / RULER);
}

size_t fonts_shape(Fonts *fonts, const TextLook *look, Str line, Letter *letters, size_t most)
{
    int32_t cell = cell_of(fonts, look);
    int64_t pen = 0; /* units; without tracking */
    uint32_t before = 0;
    size_t count = 0;

    for (Str rest = line; rest.len > 0;) {
        Letter letter = { .start = (uint32_t)(rest.ptr - line.ptr), .alone = look->tracking != 0 || look->tabular };
        Letter *last = count > 0 ? &letters[count - 1] : NULL;
        uint32_t c = utf8_next(&rest);
        int32_t width;
        letter.size = (uint16_t)((size_t)(rest.ptr - line.ptr) - letter.start);
        if (last && joins(c) && last->size + letter.size <= LETTER_BYTES_MOST) {
            width = width_of(fonts, last->face, c); /* 0, but for a mark that the face lacks */
            last->size = (uint16_t)(last->size + letter.size);
            last->width += scaled(look, width);
            pen += width;
            continue;
        }
        if (count == most)
            break;
        letter.face = last && c == ' ' ? last->face : (uint8_t)face_for(fonts, look, c);
        width = width_of(fonts, letter.face, c);
        if (cell > 0 && is_figure(c)) {
            letter.indent = scaled(look, cell - width) / 2;
            width = cell;
        }
        /* Figures that change must not move what is beside them. */
        if (last && letter.face == last->face && !(cell > 0 && (is_figure(c) || is_figure(before))))
            pen += kerning(fonts, letter.face, before, c);
        letter.x = scaled(look, pen) + (int32_t)count * look->tracking;
        letter.width = scaled(look, width);
        letters[count++] = letter;
        pen += width;
        before = c;
    }
    return count;
}

/* ---- drawing ---- */

static bool mask_fit(Fonts *fonts, size_t need)
{
    if (need <= fonts->mask_room)
        return true;
    mem_free_wiped(fonts->mask, fonts->mask_room);
    fonts->mask = mem_new(need, 1);
    fonts->mask_room = fonts->mask ? need : 0;
    return fonts->mask != NULL;
}

/* Folds a row of the wide picture, of which only alpha is looked at, into pixels.  The first of them begins `phase`
 * quarters before it. */
static void fold_row(const uint32_t *from, int width, int phase, uint8_t *to)
{
    unsigned sum = 0;
    int part = phase;

    for (int x = 0; x < width; x++) {
        sum += from[x] >> 24;
        if (++part == QUARTERS) {
            *to++ = (uint8_t)(sum / QUARTERS);
            sum = 0;
            part = 0;
        }
    }
    if (part > 0)
        *to = (uint8_t)(sum / QUARTERS);
}

static bool row_is_blank(const uint8_t *row, int width)
{
    for (int x = 0; x < width; x++)
        if (row[x] != 0)
            return false;
    return true;
}

static bool column_is_blank(const LetterMask *mask, int x)
{
    for (int y = 0; y < mask->height; y++)
        if (mask->rows[(ptrdiff_t)y * mask->stride + x] != 0)
            return false;
    return true;
}

static void trim(LetterMask *mask)
{
    while (mask->height > 0 && row_is_blank(mask->rows + (ptrdiff_t)(mask->height - 1) * mask->stride, mask->width))
        mask->height--;
    if (mask->height == 0) {
        mask->rows = NULL;
        return;
    }
    for (; row_is_blank(mask->rows, mask->width); mask->height--, mask->top++)
        mask->rows += mask->stride;
    while (column_is_blank(mask, mask->width - 1))
        mask->width--;
    for (; column_is_blank(mask, 0); mask->width--, mask->left++)
        mask->rows++;
}

/* left: of the picture from the line's start, in quarters. */
static void fold(Fonts *fonts, const SDL_Surface *wide, int left, LetterMask *ret)
{
    int phase = left & (QUARTERS - 1), width = (wide->w + phase + QUARTERS - 1) / QUARTERS;

    if (!mask_fit(fonts, (size_t)width * (size_t)wide->h))
        return;
    for (int y = 0; y < wide->h; y++)
        fold_row((const uint32_t *)wide->pixels + (ptrdiff_t)y * (wide->pitch / 4), wide->w, phase,
                 fonts->mask + (ptrdiff_t)y * width);
    ret->rows = fonts->mask;
    ret->stride = ret->width = width;
    ret->height = wide->h;
    ret->left = (left - phase) / QUARTERS;
}

/* Row of the baseline.  SDL_ttf moves a run down by what is higher than the face says its letters are; what is lower
 * makes the picture higher too.  Marks that are written apart are taken to stand above. */
static int baseline(TTF_Font *font, Str run, int height)
{
    int ascent = TTF_FontAscent(font), own = TTF_FontHeight(font), lowest = own;

    if (height == own)
        return ascent;
    while (run.len > 0) {
        int bottom = 0;
        (void)TTF_GlyphMetrics32(font, utf8_next(&run), NULL, NULL, &bottom, NULL, NULL);
        lowest = ascent - bottom > lowest ? ascent - bottom : lowest;
    }
    return ascent + height - lowest;
}

/* Letters from letters[0] that one call of SDL_ttf draws. */
static size_t run_count(const Letter *letters, size_t count)
{
    size_t taken = 1, bytes = letters[0].size;

    while (taken < count && !letters[0].alone && letters[taken].face == letters[0].face &&
           letters[taken].x - letters[0].x <= RUN_WIDTH_MOST && bytes + letters[taken].size <= RUN_BYTES_MOST)
        bytes += letters[taken++].size;
    return taken;
}

size_t fonts_draw(Fonts *fonts, const TextLook *look, Str line, const Letter *letters, size_t count, LetterMask *ret)
{
    const Letter *first = &letters[0];
    size_t taken = run_count(letters, count);
    const Letter *last = &letters[taken - 1];
    Str run = { line.ptr + first->start, last->start + last->size - first->start };
    TTF_Font *font = font_sized(fonts, first->face, look->size);
    int em = QUARTERS * look->size / 64, pen = (QUARTERS * (first->x + first->indent) + 32) >> 6;
    SDL_Surface *wide;

    *ret = (LetterMask){ 0 };
    if (!font)
        return taken;
    memcpy(fonts->words, EM_SPACE, sizeof(EM_SPACE) - 1);
    memcpy(fonts->words + sizeof(EM_SPACE) - 1, run.ptr, run.len);
    fonts->words[sizeof(EM_SPACE) - 1 + run.len] = '\0';
    wide = TTF_RenderUTF8_Blended(font, fonts->words, (SDL_Color){ 255, 255, 255, 255 });
    mem_wipe(fonts->words, sizeof(fonts->words));
    if (!wide)
        return taken;
    ret->top = -baseline(font, run, wide->h);
    fold(fonts, wide, pen - em, ret);
    mem_wipe(wide->pixels, (size_t)wide->pitch * (size_t)wide->h);
    SDL_FreeSurface(wide);
    if (ret->rows)
        trim(ret);
    return taken;
}
