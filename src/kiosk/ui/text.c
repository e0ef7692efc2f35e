#include "kiosk/ui/text.h"

#include <string.h>

#include "base/memory.h"

#define LINES_KEPT_MOST 1024
#define MASK_BYTES_MOST (12u << 20)
#define LINE_BYTES_MOST 2048 /* what is longer is measured and drawn up to here; no glass is that wide */
#define SLOTS           2048 /* of the hash table; a power of two above LINES_KEPT_MOST */
#define NOTHING         UINT16_MAX

/* A line as it was shaped, and once it was drawn, its mask. */
typedef struct Kept {
    TextLook look;
    uint64_t hash;
    char *words;
    size_t size;
    Letter *letters;
    size_t count;
    int width; /* 1/64 px */
    bool drawn;
    Mask mask;             /* rows NULL for blanks */
    uint16_t newer, older; /* by last use */
    uint16_t next;         /* in its slot, or among the free */
} Kept;

struct Text {
    Fonts *fonts;
    size_t count, mask_bytes;
    uint16_t newest, oldest, unused;
    uint16_t slots[SLOTS];
    Kept lines[LINES_KEPT_MOST];
    Letter letters[LINE_BYTES_MOST];
    Mask scratch; /* where letters are put together; all zero between lines */
    size_t scratch_room;
};

static void reset(Text *text)
{
    memset(text->slots, 0xff, sizeof(text->slots));
    memset(text->lines, 0, sizeof(text->lines));
    text->newest = text->oldest = NOTHING;
    for (size_t i = 0; i < LINES_KEPT_MOST; i++)
        text->lines[i].next = i + 1 < LINES_KEPT_MOST ? (uint16_t)(i + 1) : NOTHING;
    text->unused = 0;
    text->count = text->mask_bytes = 0;
}

Text *text_new(const char *fonts_folder, Error *err)
{
    OWNED(Text) text = mem_new(1, sizeof(*text));

    if (!text) {
        error_set(err, ERR_MEMORY, "text");
        return NULL;
    }
    reset(text);
    text->fonts = fonts_new(fonts_folder, err);
    return text->fonts ? steal(&text) : NULL;
}

static size_t mask_size(const Mask *mask)
{
    return mask->rows ? (size_t)mask->width * (size_t)mask->height : 0;
}

static void empty(Kept *line)
{
    mem_free_wiped(line->words, line->size);
    mem_free_wiped(line->letters, line->count * sizeof(*line->letters));
    mem_free_wiped(line->mask.rows, mask_size(&line->mask));
    mem_wipe(line, sizeof(*line));
}

void text_forget(Text *text)
{
    for (size_t i = 0; i < LINES_KEPT_MOST; i++)
        if (text->lines[i].words)
            empty(&text->lines[i]);
    reset(text);
    mem_wipe(text->letters, sizeof(text->letters));
    mem_free_wiped(text->scratch.rows, text->scratch_room);
    text->scratch = (Mask){ 0 };
    text->scratch_room = 0;
    fonts_forget(text->fonts);
}

void text_free(Text *text)
{
    if (!text)
        return;
    if (text->fonts)
        text_forget(text);
    fonts_free(text->fonts);
    mem_free(text);
}

size_t text_kept(const Text *text)
{
    return text->count;
}

static uint64_t hash_of(const TextLook *look, Str words)
{
    uint64_t hash = 0xcbf29ce484222325U ^ ((uint64_t)(uint32_t)look->size << 32 | (uint32_t)look->tracking);

    hash = (hash ^ (look->weight | look->language << 8 | look->tabular << 16)) * 0x100000001b3U;
    for (size_t i = 0; i < words.len; i++)
        hash = (hash ^ (uint8_t)words.ptr[i]) * 0x100000001b3U;
    return hash ^ hash >> 29;
}

static void unlink_use(Text *text, Kept *line)
{
    if (line->newer != NOTHING)
        text->lines[line->newer].older = line->older;
    else
        text->newest = line->older;
    if (line->older != NOTHING)
        text->lines[line->older].newer = line->newer;
    else
        text->oldest = line->newer;
}

static void link_newest(Text *text, uint16_t index)
{
    Kept *line = &text->lines[index];

    line->newer = NOTHING;
    line->older = text->newest;
    if (text->newest != NOTHING)
        text->lines[text->newest].newer = index;
    else
        text->oldest = index;
    text->newest = index;
}

static void drop_oldest(Text *text)
{
    uint16_t index = text->oldest, *link;
    Kept *line = &text->lines[index];

    unlink_use(text, line);
    for (link = &text->slots[line->hash % SLOTS]; *link != index; link = &text->lines[*link].next)
        ;
    *link = line->next;
    text->mask_bytes -= mask_size(&line->mask);
    empty(line);
    line->next = text->unused;
    text->unused = index;
    text->count--;
}

static Kept *find(Text *text, const TextLook *look, Str words, uint64_t hash)
{
    for (uint16_t i = text->slots[hash % SLOTS]; i != NOTHING; i = text->lines[i].next) {
        Kept *line = &text->lines[i];
        if (line->hash == hash && line->size == words.len && memcmp(&line->look, look, sizeof(*look)) == 0 &&
            memcmp(line->words, words.ptr, words.len) == 0)
            return line;
    }
    return NULL;
}

/* Shapes the line and keeps it.  NULL without memory. */
static Kept *keep(Text *text, const TextLook *look, Str words, uint64_t hash)
{
    size_t count = fonts_shape(text->fonts, look, words, text->letters, COUNT(text->letters));
    char *copy = mem_copy(words.ptr, words.len);
    Letter *letters = mem_copy(text->letters, count * sizeof(*letters));
    uint16_t index;

    if (!copy || !letters) {
        mem_free_wiped(copy, words.len);
        mem_free_wiped(letters, count * sizeof(*letters));
        return NULL;
    }
    if (text->unused == NOTHING)
        drop_oldest(text);
    index = text->unused;
    text->unused = text->lines[index].next;
    text->lines[index] = (Kept){ .look = *look,
                                 .hash = hash,
                                 .words = copy,
                                 .size = words.len,
                                 .letters = letters,
                                 .count = count,
                                 .width = count > 0 ? letters[count - 1].x + letters[count - 1].width : 0,
                                 .next = text->slots[hash % SLOTS] };
    text->slots[hash % SLOTS] = index;
    text->count++;
    link_newest(text, index);
    return &text->lines[index];
}

static Kept *line_of(Text *text, const TextLook *look, Str words)
{
    Kept *line;
    uint64_t hash;

    if (words.len > LINE_BYTES_MOST) {
        words.len = LINE_BYTES_MOST;
        while (words.len > 0 && ((uint8_t)words.ptr[words.len] & 0xc0) == 0x80)
            words.len--;
    }
    hash = hash_of(look, words);
    line = find(text, look, words, hash);
    if (!line)
        return keep(text, look, words, hash);
    unlink_use(text, line);
    link_newest(text, (uint16_t)(line - text->lines));
    return line;
}

static int px_up(int32_t part)
{
    return part <= 0 ? 0 : (part + 63) / 64;
}

int text_width(Text *text, const TextLook *look, Str line)
{
    const Kept *kept = line.len > 0 ? line_of(text, look, line) : NULL;

    return kept ? px_up(kept->width) : 0;
}

/* ---- breaking ---- */

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a line may end after the character c that ends at `end`.  What hangs on a figure stays with it:
 * 2026-yil, 1-sahifa, M-2026/004817. */
static bool breaks_after(Str words, uint32_t c, size_t end)
{
    bool letter_next = end < words.len && words.ptr[end] != ' ' && words.ptr[end] != '-';
    bool by_figure = (end >= 2 && is_figure(words.ptr[end - 2])) || (end < words.len && is_figure(words.ptr[end]));

    switch (c) {
    case ' ':
    case 0x200b: /* zero-width space */ return true;
    case '-':
    case '/': return letter_next && !by_figure;
    case 0x2013: /* dashes */
    case 0x2014: return letter_next;
    default: return false;
    }
}

/* Walks a line's letters beside its characters. */
typedef struct Breaker {
    const Kept *line;
    size_t letter; /* first one not passed yet */
} Breaker;

/* Where the letters before byte `end` end; `end` is never smaller than at the last call. */
static int32_t width_until(Breaker *breaker, size_t end)
{
    const Kept *line = breaker->line;
    const Letter *last;

    while (breaker->letter < line->count && line->letters[breaker->letter].start < end)
        breaker->letter++;
    if (breaker->letter == 0)
        return 0;
    last = &line->letters[breaker->letter - 1];
    return last->x + last->width;
}

/* Where the next letter begins, kerned. */
static int32_t next_start(const Breaker *breaker)
{
    return breaker->letter < breaker->line->count ? breaker->line->letters[breaker->letter].x : breaker->line->width;
}

static Str without_blanks(Str words)
{
    while (words.len > 0 && words.ptr[words.len - 1] == ' ')
        words.len--;
    return words;
}

void text_measure(Text *text, const TextLook *look, Str words, int *ret_widest, int *ret_piece)
{
    int32_t widest = 0, piece = 0;

    while (words.ptr && words.len > 0) {
        Str row = without_blanks(str_split(&words, '\n'));
        const Kept *line = row.len > 0 ? line_of(text, look, row) : NULL;
        Breaker breaker = { .line = line };
        int32_t start = 0;
        if (!line)
            continue;
        widest = line->width > widest ? line->width : widest;
        for (Str rest = { row.ptr, line->size }; rest.len > 0;) {
            uint32_t c = utf8_next(&rest);
            size_t end = (size_t)(rest.ptr - row.ptr);
            int32_t pen;
            if (!breaks_after(row, c, end) && rest.len > 0)
                continue;
            pen = width_until(&breaker, c == ' ' ? end - 1 : end);
            piece = pen - start > piece ? pen - start : piece;
            (void)width_until(&breaker, end);
            start = next_start(&breaker);
        }
    }
    *ret_widest = px_up(widest);
    *ret_piece = px_up(piece);
}

Str text_tail(Text *text, const TextLook *look, Str words, int width)
{
    const Kept *line = words.len > 0 ? line_of(text, look, words) : NULL;
    size_t from, i = 0;

    if (!line || px_up(line->width) <= width)
        return words;
    while (i < line->count && px_up(line->width - line->letters[i].x) > width)
        i++;
    from = i < line->count ? line->letters[i].start : line->size;
    while (from < line->size && words.ptr[from] == ' ')
        from++;
    return (Str){ words.ptr + from, words.len - from };
}

typedef struct Wrapping {
    Text *text;
    const TextLook *look;
    TextLine *lines;
    size_t count, most;
    bool torn;
} Wrapping;

static void put_line(Wrapping *wrapping, Str words)
{
    words = without_blanks(words);
    if (wrapping->count == wrapping->most) {
        wrapping->torn = true;
        return;
    }
    wrapping->lines[wrapping->count++] =
        (TextLine){ .words = words, .width = text_width(wrapping->text, wrapping->look, words) };
}

/* Bytes of row that fit into width: up to a break, else inside the piece, at least one character. */
static size_t fitting(Wrapping *wrapping, Str row, int width)
{
    const Kept *line = line_of(wrapping->text, wrapping->look, row);
    Breaker breaker = { .line = line };
    size_t last_break = 0, inside = 0;

    if (!line || px_up(line->width) <= width)
        return row.len;
    for (Str rest = { row.ptr, line->size }; rest.len > 0;) {
        uint32_t c = utf8_next(&rest);
        size_t end = (size_t)(rest.ptr - row.ptr);
        if (px_up(width_until(&breaker, c == ' ' ? end - 1 : end)) > width)
            break;
        inside = end;
        if (breaks_after(row, c, end))
            last_break = end;
    }
    if (last_break > 0)
        return last_break;
    wrapping->torn = true;
    if (inside == 0) {
        Str rest = row;
        (void)utf8_next(&rest);
        inside = (size_t)(rest.ptr - row.ptr);
    }
    return inside;
}

size_t text_wrap(Text *text, const TextLook *look, Str words, int width, TextLine *lines, size_t most, bool *ret_torn)
{
    Wrapping wrapping = { .text = text, .look = look, .lines = lines, .most = most };

    while (words.ptr && words.len > 0 && wrapping.count < most) {
        Str row = without_blanks(str_split(&words, '\n'));
        do {
            size_t length = row.len > 0 ? fitting(&wrapping, row, width) : 0;
            put_line(&wrapping, (Str){ row.ptr, length });
            row.ptr += length;
            row.len -= length;
        } while (row.len > 0 && wrapping.count < most);
        wrapping.torn |= row.len > 0;
    }
    *ret_torn = wrapping.torn || (words.ptr && words.len > 0);
    return wrapping.count;
}

/* ---- drawing ---- */

static bool scratch_fit(Text *text, int width, int height)
{
    size_t need = (size_t)width * (size_t)height;

    if (need > text->scratch_room) {
        mem_free_wiped(text->scratch.rows, text->scratch_room);
        text->scratch_room = 0;
        text->scratch.rows = mem_new(need, 1);
        if (!text->scratch.rows)
            return false;
        text->scratch_room = need;
    }
    text->scratch.width = width;
    text->scratch.height = height;
    return true;
}

/* Letters may overlap a little: coverage adds up. */
static Rect put_letters(Mask *scratch, const LetterMask *letters)
{
    Rect at = { letters->left - scratch->left, letters->top - scratch->top, letters->width, letters->height };
    Rect seen = rect_cross(at, (Rect){ 0, 0, scratch->width, scratch->height });

    for (int y = 0; y < seen.h; y++) {
        const uint8_t *from = letters->rows + (ptrdiff_t)(seen.y - at.y + y) * letters->stride + (seen.x - at.x);
        uint8_t *to = scratch->rows + (ptrdiff_t)(seen.y + y) * scratch->width + seen.x;
        for (int x = 0; x < seen.w; x++) {
            unsigned sum = to[x] + (unsigned)from[x];
            to[x] = (uint8_t)(sum > 255 ? 255 : sum);
        }
    }
    return seen;
}

/* Moves what was drawn out of the scratch, which is all zero again. */
static bool take_mask(Mask *scratch, Rect drawn, Mask *mask)
{
    uint8_t *rows = mem_new((size_t)drawn.w * (size_t)drawn.h, 1);

    for (int y = 0; y < drawn.h; y++) {
        uint8_t *from = scratch->rows + (ptrdiff_t)(drawn.y + y) * scratch->width + drawn.x;
        if (rows)
            memcpy(rows + (ptrdiff_t)y * drawn.w, from, (size_t)drawn.w);
        memset(from, 0, (size_t)drawn.w);
    }
    *mask = (Mask){ rows, drawn.w, drawn.h, scratch->left + drawn.x, scratch->top + drawn.y };
    return rows != NULL;
}

static bool draw_line(Text *text, Kept *line)
{
    int size = px_up(line->look.size), width = px_up(line->width) + 2 * size;
    Str words = { line->words, line->size };
    Rect drawn = { 0 };

    if (!scratch_fit(text, width < 4096 ? width : 4096, 3 * size))
        return false;
    text->scratch.left = -size;
    text->scratch.top = -2 * size;
    for (size_t i = 0; i < line->count && line->letters[i].x / 64 < text->scratch.width;) {
        LetterMask run;
        i += fonts_draw(text->fonts, &line->look, words, &line->letters[i], line->count - i, &run);
        if (run.rows)
            drawn = rect_around(drawn, put_letters(&text->scratch, &run));
    }
    line->drawn = rect_empty(drawn) || take_mask(&text->scratch, drawn, &line->mask);
    text->mask_bytes += mask_size(&line->mask);
    return line->drawn;
}

const Mask *text_mask(Text *text, const TextLook *look, Str words)
{
    Kept *line = words.len > 0 ? line_of(text, look, words) : NULL;

    if (!line || (!line->drawn && !draw_line(text, line)))
        return NULL;
    while (text->mask_bytes > MASK_BYTES_MOST && text->lines[text->oldest].words != line->words)
        drop_oldest(text);
    return line->mask.rows ? &line->mask : NULL;
}
