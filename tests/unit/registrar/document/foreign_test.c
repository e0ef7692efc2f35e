#include "paper.h"

#include <cairo-pdf.h>

#include "registrar/document/foreign.h"

static cairo_status_t write_some(void *arg, const unsigned char *bytes, unsigned size)
{
    buf_add(arg, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

/* A PDF of A4 pages, the first dark in its upper half. */
static void make_pdf(int pages, Buf *pdf)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_some, pdf, 595, 842);
    cairo_t *cairo = cairo_create(surface);

    for (int i = 0; i < pages; i++) {
        cairo_rectangle(cairo, 0, 0, i == 0 ? 595 : 100, 421);
        cairo_fill(cairo);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

static void pages_are_counted(void **state)
{
    static const int counts[] = { 1, 2, FOREIGN_PAGES_MOST };
    Error err = { 0 };
    int pages;

    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        OWNED_BUF pdf;

        buf_init(&pdf, 4u << 20);
        make_pdf(counts[i], &pdf);
        assert_true(foreign_pages(buf_str(&pdf), &pages, &err));
        assert_int_equal(pages, counts[i]);
    }
}

static void the_first_page_is_shown(void **state)
{
    OWNED(Blob) png = NULL;
    Error err = { 0 };
    OWNED_BUF pdf;

    (void)state;
    buf_init(&pdf, 4u << 20);
    make_pdf(2, &pdf);
    assert_true(foreign_picture(buf_str(&pdf), 300, &png, &err));
    const char *path = paper_path("foreign.png");
    paper_write(path, png);
    cairo_surface_t *picture = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_image_surface_get_width(picture), 300);
    assert_in_range(cairo_image_surface_get_height(picture), 423, 426);
    const unsigned char *row = cairo_image_surface_get_data(picture);
    assert_int_equal(row[4 * 290], 0); /* dark to its right edge: the first page's upper half */
    cairo_surface_destroy(picture);
    unlink(path);
    assert_false(foreign_picture(buf_str(&pdf), 0, &png, &err));
    assert_int_equal(err.code, ERR_ARGUMENT);
}

static void what_is_no_paper_is_refused(void **state)
{
    static const char *const none[] = { "", "%PDF-1.7\n", "%PDF-1.7\nrubbish\n%%EOF\n", "<!DOCTYPE html>" };
    OWNED_BUF pdf, encrypted;
    Error err = { 0 };
    char path[400];
    int pages;

    (void)state;
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_false(foreign_pages(str_from(none[i]), &pages, &err));
        assert_int_equal(err.code, ERR_FORMAT);
    }
    buf_init(&pdf, 4u << 20);
    buf_init(&encrypted, 4u << 20);
    make_pdf(FOREIGN_PAGES_MOST + 1, &pdf);
    assert_false(foreign_pages(buf_str(&pdf), &pages, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    str_copy_cut(str_from(paper_path("locked.pdf")), path, sizeof path);
    assert_true(file_write(path, 0644, buf_str(&pdf), &err));
    paper_run(&encrypted, "qpdf --encrypt '' owner 256 -- '%s' -", path);
    unlink(path);
    assert_false(foreign_pages(buf_str(&encrypted), &pages, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    /* Cut anywhere it is read or refused, and ends in time. */
    for (size_t cut = 0; cut < pdf.len; cut += pdf.len / 12)
        (void)!foreign_pages((Str){ pdf.data, cut }, &pages, &err);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_counted),
        cmocka_unit_test(the_first_page_is_shown),
        cmocka_unit_test(what_is_no_paper_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
