/* For tests: printers/simulate in a folder of its own, and pages to print. */
#ifndef TESTS_PRINT_SIMULATOR_H
#define TESTS_PRINT_SIMULATOR_H

#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "net/child.h"

typedef struct Simulator {
    Child child;
    char folder[64];
    char uri[128];
} Simulator;

static inline bool simulator_installed(void)
{
    return access("/usr/sbin/ippeveprinter", X_OK) == 0 || access("/usr/bin/ippeveprinter", X_OK) == 0;
}

static inline bool simulator_start(Simulator *simulator)
{
    *simulator = (Simulator){ .folder = "/tmp/registrar-printer-XXXXXX" };
    if (!mkdtemp(simulator->folder) ||
        !child_start(&simulator->child,
                     (const char *[]){ SOURCE_DIR "/printers/simulate", "--dir", simulator->folder, NULL }, 15000))
        return false;
    snprintf(simulator->uri, sizeof(simulator->uri), "%.127s", simulator->child.line);
    return true;
}

static inline void simulator_stop(Simulator *simulator)
{
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
