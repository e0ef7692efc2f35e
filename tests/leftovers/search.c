/* Looks for markers in the memory of a process and in files, in every form in which they may lie there.
 *
 *   leftovers MARKERS [--process PID] [--show] < list of files
 *
 * MARKERS has one a line: KIND NAME VALUE.
 *   text NAME WORDS    as UTF-8, UTF-16 and UTF-32 of both byte orders; as written, in upper and in lower case
 *   bytes NAME HEX     as they stand
 *   sign NAME HEX      the same, but in memory only where the process can write: a library has its own signatures
 * What is compressed (zlib, gzip) is inflated and searched too, and what lies in there.
 * Each find is a line; the last line says what was searched.  Exit code: 0 nothing found, 1 found, 2 could not search.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/buf.h"
#include "base/memory.h"

#define MARKERS_MOST  200
#define PATTERNS_MOST 6000
#define FILTER_BITS   18
#define INFLATED_MOST (64u << 20) /* of one stream */
#define DEPTH_MOST    3           /* streams inside of streams */
#define FINDS_SHOWN   20          /* of one pattern */
#define CONTEXT       24
#define FIRST         4 /* bytes of a pattern that the filter looks at */

typedef struct Pattern {
    const char *marker, *form;
    uint8_t *bytes;
    size_t size;
    bool writable_only;
    unsigned found;
    struct Pattern *next; /* of those with the same beginning */
} Pattern;

typedef struct Place {
    const char *name;
    uint64_t offset; /* of the first byte */
    bool writable;
    unsigned depth;
} Place;

typedef struct Search {
    size_t marker_count, pattern_count;
    char *markers[MARKERS_MOST];
    Pattern patterns[PATTERNS_MOST];
    Pattern *filter[1u << FILTER_BITS]; /* by hash of the first bytes */
    z_stream inflater;
    bool show;
    uint64_t found, memory_bytes, mappings, file_bytes, files, streams, inflated_bytes;
} Search;

static void die(const char *words, const char *what)
{
    fprintf(stderr, "leftovers: %s: %s\n", words, what);
    exit(2);
}

/* ---- what is looked for ---- */

static uint32_t slot_of(const uint8_t *bytes)
{
    uint32_t first;

    memcpy(&first, bytes, sizeof(first));
    return first * 0x9e3779b1u >> (32 - FILTER_BITS);
}

/* Takes the bytes out of buf. */
static void add_pattern(Search *search, const char *marker, const char *form, Buf *buf, bool writable_only)
{
    Pattern *pattern = &search->patterns[search->pattern_count];
    size_t size = buf->len;
    uint8_t *bytes = (uint8_t *)buf_take(buf, NULL);

    if (!bytes || size < FIRST || search->pattern_count == PATTERNS_MOST)
        die("too short, or too many", marker);
    uint32_t slot = slot_of(bytes);
    for (Pattern *same = search->filter[slot]; same; same = same->next)
        if (same->size == size && memcmp(same->bytes, bytes, size) == 0) { /* digits have no case */
            mem_free(bytes);
            return;
        }
    *pattern = (Pattern){ marker, form, bytes, size, writable_only, 0, search->filter[slot] };
    search->filter[slot] = pattern;
    search->pattern_count++;
}

static const struct {
    const char *name;
    int width; /* bytes of a unit; 1: UTF-8 */
    bool big;
} encodings[] = {
    { "UTF-8", 1, false },    { "UTF-16LE", 2, false }, { "UTF-16BE", 2, true },
    { "UTF-32LE", 4, false }, { "UTF-32BE", 4, true },
};

static void add_unit(Buf *buf, uint32_t unit, int width, bool big)
{
    for (int i = 0; i < width; i++)
        buf_add_byte(buf, (uint8_t)(unit >> 8 * (big ? width - 1 - i : i)));
}

static void encode(Buf *buf, Str words, int width, bool big)
{
    if (width == 1)
        buf_add_str(buf, words);
    else
        while (words.len > 0) {
            uint32_t c = utf8_next(&words);
            if (width == 2 && c > 0xffff) {
                add_unit(buf, 0xd800 + ((c - 0x10000) >> 10), 2, big);
                c = 0xdc00 + ((c - 0x10000) & 0x3ff);
            }
            add_unit(buf, c, width, big);
        }
}

/* Latin and Cyrillic letters, as the demo university's names have them. */
static uint32_t fold(uint32_t c, bool upper)
{
    bool low = (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44f);
    bool high = (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42f);

    if (c >= 0x400 && c <= 0x45f && !low && !high)
        return upper ? (c >= 0x450 ? c - 0x50 : c) : (c < 0x410 ? c + 0x50 : c);
    if (c >= 0x490 && c <= 0x4ff)
        return upper ? c & ~1u : c | 1u;
    return upper && low ? c - 0x20 : !upper && high ? c + 0x20 : c;
}

static void add_text(Search *search, const char *marker, Str words)
{
    static const char *const cases[] = { "as written", "upper case", "lower case" };

    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED_BUF folded;
        buf_init(&folded, 4096);
        for (Str rest = words; rest.len > 0;) {
            uint32_t c = utf8_next(&rest);
            buf_add_char(&folded, i == 0 ? c : fold(c, i == 1));
        }
        for (size_t j = 0; j < COUNT(encodings); j++) {
            Buf bytes;
            buf_init(&bytes, 16384);
            encode(&bytes, buf_str(&folded), encodings[j].width, encodings[j].big);
            add_pattern(search, marker, encodings[j].name, &bytes, false);
        }
    }
}

static void add_hex(Search *search, const char *marker, Str hex, bool writable_only)
{
    Buf bytes;

    buf_init(&bytes, 1u << 16);
    for (size_t i = 0; i + 1 < hex.len; i += 2) {
        char pair[3] = { hex.ptr[i], hex.ptr[i + 1], 0 };
        buf_add_byte(&bytes, (uint8_t)strtoul(pair, NULL, 16));
    }
    add_pattern(search, marker, "bytes", &bytes, writable_only);
}

static void read_markers(Search *search, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[8192];

    if (!file)
        die(path, strerror(errno));
    while (fgets(line, sizeof(line), file)) {
        Str rest = str_trim(str_from(line));
        Str kind = str_split(&rest, ' ');
        Str name = str_split(&rest, ' ');
        if (kind.len == 0)
            continue;
        if (rest.len == 0 || search->marker_count == MARKERS_MOST || !utf8_valid(rest))
            die("no marker", line);
        char *marker = mem_new(name.len + 1, 1);
        if (!marker || !str_copy(name, marker, name.len + 1))
            die("memory", path);
        search->markers[search->marker_count++] = marker;
        if (str_equal_text(kind, "text"))
            add_text(search, marker, rest);
        else
            add_hex(search, marker, rest, str_equal_text(kind, "sign"));
    }
    fclose(file);
    if (search->marker_count == 0)
        die("no markers", path);
}

/* ---- looking ---- */

static void tell(Search *search, Pattern *pattern, const Place *place, const uint8_t *bytes, size_t size, size_t at)
{
    search->found++;
    if (pattern->found++ >= FINDS_SHOWN)
        return;
    printf("FOUND %s as %s in %s at %#" PRIx64 "%s\n", pattern->marker, pattern->form, place->name, place->offset + at,
           place->depth > 0 ? " (inflated)" : "");
    if (!search->show)
        return;
    size_t from = at > CONTEXT ? at - CONTEXT : 0;
    size_t until = at + pattern->size + CONTEXT < size ? at + pattern->size + CONTEXT : size;
    printf("    |");
    for (size_t i = from; i < until; i++)
        putchar(bytes[i] == 0 ? '_' : isprint(bytes[i]) || bytes[i] >= 0x80 ? bytes[i] : '.');
    printf("|\n");
}

static void search_bytes(Search *search, const uint8_t *bytes, size_t size, const Place *place);

/* RFC 1950: method 8, a window of at most 32 KiB, a checksum, no dictionary; RFC 1952 for gzip. */
static bool begins_stream(const uint8_t *bytes)
{
    if (bytes[0] == 0x1f)
        return bytes[1] == 0x8b && bytes[2] == 8;
    return (bytes[0] & 0x8f) == 8 && (bytes[0] << 8 | bytes[1]) % 31 == 0 && (bytes[1] & 0x20) == 0;
}

/* However it ends: what came out was there. */
static void inflate_here(Search *search, const uint8_t *bytes, size_t size, size_t at, const Place *place)
{
    uint8_t small[256];
    z_stream *z = &search->inflater;

    if (inflateReset(z) != Z_OK)
        return;
    z->next_in = (uint8_t *)(uintptr_t)(bytes + at);
    z->avail_in = (uInt)(size - at < INFLATED_MOST ? size - at : INFLATED_MOST);
    z->next_out = small;
    z->avail_out = sizeof(small);
    int result = inflate(z, Z_NO_FLUSH);
    size_t count = sizeof(small) - z->avail_out;
    if (count < 64 && result != Z_STREAM_END)
        return; /* what only looked like a stream */

    OWNED_BUF out;
    buf_init(&out, INFLATED_MOST);
    buf_add(&out, small, count);
    while (result == Z_OK && !out.failed) {
        uint8_t more[16384];
        z->next_out = more;
        z->avail_out = sizeof(more);
        result = inflate(z, Z_NO_FLUSH);
        count = sizeof(more) - z->avail_out;
        buf_add(&out, more, count);
        if (count == 0)
            break;
    }
    search->streams++;
    search->inflated_bytes += out.len;
    Place inside = { place->name, place->offset + at, place->writable, place->depth + 1 };
    search_bytes(search, (const uint8_t *)out.data, out.len, &inside);
}

static void search_bytes(Search *search, const uint8_t *bytes, size_t size, const Place *place)
{
    for (size_t at = 0; at + FIRST <= size; at++) {
        for (Pattern *pattern = search->filter[slot_of(bytes + at)]; pattern; pattern = pattern->next)
            if (pattern->size <= size - at && memcmp(pattern->bytes, bytes + at, pattern->size) == 0 &&
                (place->writable || !pattern->writable_only))
                tell(search, pattern, place, bytes, size, at);
        if (place->depth < DEPTH_MOST && begins_stream(bytes + at))
            inflate_here(search, bytes, size, at, place);
    }
}

/* ---- where ---- */

static void search_file(Search *search, const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    OWNED_BUF all;
    uint8_t part[65536];
    ssize_t got;

    buf_init(&all, 1u << 30);
    if (descriptor < 0)
        die(path, strerror(errno));
    while ((got = read(descriptor, part, sizeof(part))) > 0)
        buf_add(&all, part, (size_t)got);
    close(descriptor);
    if (got < 0 || all.failed)
        die(path, "can't be read whole");
    search->files++;
    search->file_bytes += all.len;
    search_bytes(search, (const uint8_t *)all.data, all.len, &(Place){ path, 0, true, 0 });
}

/* What can't be read of a mapping (a guard, a hole in a file) was never written either. */
static void search_mapping(Search *search, int memory, uint64_t from, uint64_t until, bool writable, const char *name)
{
    size_t size = (size_t)(until - from), done = 0;
    uint8_t *bytes = mem_new(size, 1);

    if (!bytes)
        die("memory for", name);
    while (done < size) {
        ssize_t got = pread(memory, bytes + done, size - done, (off_t)(from + done));
        if (got <= 0)
            done += 4096;
        else
            done += (size_t)got;
    }
    search->mappings++;
    search->memory_bytes += size;
    search_bytes(search, bytes, size, &(Place){ name, from, writable, 0 });
    mem_free(bytes);
}

static void search_process(Search *search, const char *pid)
{
    char path[64], line[1024];

    (void)snprintf(path, sizeof(path), "/proc/%s/maps", pid);
    FILE *maps = fopen(path, "r");
    (void)snprintf(path, sizeof(path), "/proc/%s/mem", pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    if (!maps || memory < 0)
        die(path, strerror(errno));
    while (fgets(line, sizeof(line), maps)) {
        uint64_t from, until;
        char rights[8], name[512] = "(no name)";
        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %*s %*s %*s %511[^\n]", &from, &until, rights, name) < 3)
            die("no mapping", line);
        if (rights[0] == 'r' && strncmp(name, "[v", 2) != 0) /* vvar and vdso are the kernel's */
            search_mapping(search, memory, from, until, rights[1] == 'w', name);
    }
    fclose(maps);
    close(memory);
    if (search->mappings == 0)
        die("no memory of process", pid);
}

int main(int argc, char **argv)
{
    static Search search;
    const char *process = NULL;
    char line[4096];

    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--show") == 0)
            search.show = true;
        else if (strcmp(argv[i], "--process") == 0 && i + 1 < argc)
            process = argv[++i];
        else
            die("not understood", argv[i]);
    }
    if (argc < 2 || inflateInit2(&search.inflater, 15 + 32) != Z_OK)
        die("usage", "leftovers MARKERS [--process PID] [--show] < list of files");
    read_markers(&search, argv[1]);
    if (process)
        search_process(&search, process);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        search_file(&search, line);
    }
    printf("%zu markers in %zu forms; memory: %.1f MB in %" PRIu64 " mappings; files: %" PRIu64
           " of %.1f KB; inflated: "
           "%" PRIu64 " streams to %.1f MB; found: %" PRIu64 "\n",
           search.marker_count, search.pattern_count, (double)search.memory_bytes / 1e6, search.mappings, search.files,
           (double)search.file_bytes / 1e3, search.streams, (double)search.inflated_bytes / 1e6, search.found);
    for (size_t i = 0; i < search.pattern_count; i++)
        mem_free(search.patterns[i].bytes);
    for (size_t i = 0; i < search.marker_count; i++)
        mem_free(search.markers[i]);
    inflateEnd(&search.inflater);
    return search.found > 0 ? 1 : 0;
}
