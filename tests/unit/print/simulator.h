/* For tests: a printer in a folder of its own, and pages to print. */
#ifndef TESTS_PRINT_SIMULATOR_H
#define TESTS_PRINT_SIMULATOR_H

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "net/child.h"

typedef enum SimulatorKind {
    SIMULATOR_EVE,    /* ippeveprinter, by printers/simulate */
    SIMULATOR_DIRECT, /* the one that tests can hurt (tests/faults/printer) */
    SIMULATOR_PLAIN,  /* the same without Create-Job */
    SIMULATOR_QUEUE,  /* the same behind a cupsd's queue */
    SIMULATOR_KIND_COUNT
} SimulatorKind;

static const char *const simulator_kinds[] = { "eve", "direct", "plain", "queue" };

typedef struct Simulator {
    Child child;
    Child server; /* SIMULATOR_QUEUE */
    char folder[64];
    char uri[128];        /* where jobs are sent to */
    char device_uri[128]; /* the printer itself */
} Simulator;

static inline bool simulator_installed(void)
{
    return access("/usr/sbin/ippeveprinter", X_OK) == 0 || access("/usr/bin/ippeveprinter", X_OK) == 0;
}

static inline bool simulator_has_cupsd(void)
{
    return access("/usr/sbin/cupsd", X_OK) == 0;
}

/* option: one more word for our own printer's program, or NULL. */
static inline bool simulator_start_kind(Simulator *simulator, SimulatorKind kind, const char *option)
{
    const char *create = kind == SIMULATOR_PLAIN ? "--no-create-job" : option;
    const char *more = kind == SIMULATOR_PLAIN ? option : NULL;
    const char *program = kind == SIMULATOR_EVE ? SOURCE_DIR "/printers/simulate" : BINARY_DIR "/fault_printer";
    char folder[96];

    *simulator = (Simulator){ .folder = "/tmp/registrar-printer-XXXXXX" };
    if (!mkdtemp(simulator->folder) ||
        !child_start(&simulator->child, (const char *[]){ program, "--dir", simulator->folder, create, more, NULL },
                     15000))
        return false;
    snprintf(simulator->device_uri, sizeof(simulator->device_uri), "%.127s", simulator->child.line);
    snprintf(simulator->uri, sizeof(simulator->uri), "%.127s", simulator->child.line);
    if (kind != SIMULATOR_QUEUE)
        return true;
    snprintf(folder, sizeof(folder), "%s/cupsd", simulator->folder);
    if (chmod(simulator->folder, 0755) != 0 || /* its filters run as another user */
        !child_start(&simulator->server,
                     (const char *[]){ SOURCE_DIR "/tests/faults/cupsd-queue", folder, simulator->device_uri, NULL },
                     15000))
        return false;
    snprintf(simulator->uri, sizeof(simulator->uri), "%.127s", simulator->server.line);
    return true;
}

static inline bool simulator_start(Simulator *simulator)
{
    return simulator_start_kind(simulator, SIMULATOR_EVE, NULL);
}

static inline void simulator_stop(Simulator *simulator)
{
    child_stop(&simulator->server);
    child_stop(&simulator->child);
    if (simulator->folder[0] != '\0')
        (void)child_run((const char *[]){ "/bin/rm", "-r", simulator->folder, NULL });
}

/* printers/fault with up to three words, NULL where there are fewer. */
static inline bool simulator_fault(const Simulator *simulator, const char *a, const char *b, const char *c)
{
    return child_run((const char *[]){ SOURCE_DIR "/printers/fault", simulator->folder, a, b, c, NULL });
}

/* Files that came out whole. */
static inline int simulator_printed(const Simulator *simulator)
{
    char path[96];
    int count = 0;

    snprintf(path, sizeof(path), "%s/printed", simulator->folder);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (str_ends(str_from(entry->d_name), STR(".pdf")))
            count++;
    if (folder)
        closedir(folder);
    return count;
}

/* Lines of our own printer's witness that hold these words: "sheets.tsv" has a line for each sheet that came out,
 * "events.tsv" for what else happened. */
static inline int simulator_lines(const Simulator *simulator, const char *file, const char *words)
{
    char path[96];
    int count = 0;
    OWNED_BUF text;

    buf_init(&text, 16 << 20);
    snprintf(path, sizeof(path), "%s/%s", simulator->folder, file);
    if (!file_read(path, &text, NULL))
        return 0;
    for (Str rest = buf_str(&text); rest.ptr;) {
        Str line = str_split(&rest, '\n');
        if (line.len > 0 && memmem(line.ptr, line.len, words, strlen(words)))
            count++;
    }
    return count;
}

static inline int simulator_sheets(const Simulator *simulator, const char *title)
{
    return simulator_lines(simulator, "sheets.tsv", title);
}

/* A PDF of so many empty A4 pages. */
static inline void pdf_of(Buf *buf, int pages)
{
    size_t at[32] = { 0 };
    int objects = 2 + pages;

    buf_init(buf, 1 << 16);
    buf_add_text(buf, "%PDF-1.4\n");
    at[1] = buf->len;
    buf_add_text(buf, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
    at[2] = buf->len;
    buf_add_format(buf, "2 0 obj\n<< /Type /Pages /Count %d /Kids [", pages);
    for (int i = 0; i < pages; i++)
        buf_add_format(buf, " %d 0 R", 3 + i);
    buf_add_text(buf, " ] >>\nendobj\n");
    for (int i = 0; i < pages; i++) {
        at[3 + i] = buf->len;
        buf_add_format(buf, "%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n", 3 + i);
    }
    size_t table = buf->len;
    buf_add_format(buf, "xref\n0 %d\n0000000000 65535 f \n", objects + 1);
    for (int i = 1; i <= objects; i++)
        buf_add_format(buf, "%010zu 00000 n \n", at[i]);
    buf_add_format(buf, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", objects + 1, table);
}

#endif
