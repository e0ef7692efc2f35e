#include "registrar/document/foreign.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/tool.h"

#define TOOL_MS          5000
#define FACTS_BYTES_MOST (16u << 10)
#define PNG_BYTES_MOST   (16u << 20)

/* The tools read a file; this one has no name and no place on a disk.  -1: *err says why. */
static int in_memory(Str pdf, Error *err)
{
    int file = memfd_create("paper", MFD_CLOEXEC);

    if (file < 0) {
        (void)error_set_errno(err, "paper");
        return -1;
    }
    for (size_t written = 0; written < pdf.len;) {
        ssize_t more = write(file, pdf.ptr + written, pdf.len - written);

        if (more < 0) {
            (void)error_set_errno(err, "paper");
            close(file);
            return -1;
        }
        written += (size_t)more;
    }
    return file;
}

static bool run(const char *const *tool, Str pdf, Buf *output, Error *err)
{
    int file = in_memory(pdf, err);
    bool done = file >= 0 && tool_run(tool, file, TOOL_MS, output, err);

    if (file >= 0)
        close(file);
    return done || error_add(err, "another house's paper");
}

/* "Pages:           2\n" of pdfinfo's lines; what stands before the colon is empty where there is no such line. */
static Str fact(Str facts, const char *name)
{
    while (facts.len > 0) {
        Str line = str_split(&facts, '\n');
        const Str key = str_split(&line, ':');

        if (str_equal_text(key, name))
            return str_trim(line);
        if (!facts.ptr)
            break;
    }
    return (Str){ 0 };
}

bool foreign_pages(Str pdf, int *ret_pages, Error *err)
{
    static const char *const tool[] = { "pdfinfo", "-enc", "UTF-8", "-", NULL };
    uint64_t pages;
    OWNED_BUF facts;

    buf_init(&facts, FACTS_BYTES_MOST);
    if (!run(tool, pdf, &facts, err))
        return false;
    if (!str_equal_text(fact(buf_str(&facts), "Encrypted"), "no"))
        return error_set(err, ERR_FORMAT, "another house's paper is encrypted");
    if (!str_to_u64(fact(buf_str(&facts), "Pages"), 1, FOREIGN_PAGES_MOST, &pages))
        return error_set(err, ERR_FORMAT, "another house's paper has no pages, or more than %d", FOREIGN_PAGES_MOST);
    *ret_pages = (int)pages;
    return true;
}

bool foreign_picture(Str pdf, int width, Blob **ret_png, Error *err)
{
    char pixels[12];
    const char *const tool[] = { "pdftoppm",    "-q",   "-png",        "-f", "1", "-singlefile",
                                 "-scale-to-x", pixels, "-scale-to-y", "-1", "-", NULL };
    OWNED_BUF png;

    buf_init(&png, PNG_BYTES_MOST);
    if (width < 1 || width > FOREIGN_WIDTH_MOST)
        return error_set(err, ERR_ARGUMENT, "a picture of %d pixels", width);
    (void)snprintf(pixels, sizeof pixels, "%d", width);
    if (!run(tool, pdf, &png, err))
        return false;
    *ret_png = blob_take_buf(&png);
    return *ret_png || error_set(err, ERR_MEMORY, "picture");
}
