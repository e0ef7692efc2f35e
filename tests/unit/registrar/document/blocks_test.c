/* Blocks beyond a certificate's: what is drawn, where pages are turned, and what does not fit. */
#include "paper.h"

#include <stdio.h>

#include <jpeglib.h>

#include "registrar/document/picture.h"

#define TEMPLATES SOURCE_DIR "/tests/unit/registrar/document/templates/"
#define PHOTO     SOURCE_DIR "/tests/papers/photo.jpg"

/* Every third subject takes two lines. */
static json_t *rows_of(size_t groups, size_t each)
{
    json_t *rows = json_array();

    for (size_t n = 0; n < groups * each; n++) {
        const char *long_name = n % 3 ? "" : " va undan keyin kelib chiqadigan barcha nazariy masalalar";

        json_array_append_new(
            rows, json_pack("{s:o, s:o, s:s, s:o, s:s, s:s, s:s, s:s}", "n", json_sprintf("%zu", n + 1), "semester",
                            json_sprintf("%zu-semestr", n / each + 1), "academic_year", "2024/2025", "subject",
                            json_sprintf("boshi%03zu Fan%s oxiri%03zu", n + 1, long_name, n + 1), "second", "Subject",
                            "hours", "120", "credits", "4", "points", "86"));
    }
    return rows;
}

static json_t *groups_of(size_t groups)
{
    json_t *records = json_array();

    for (size_t n = 1; n <= groups; n++)
        json_array_append_new(records, json_pack("{s:o, s:o, s:s}", "title", json_sprintf("guruh%zu", n), "hours",
                                                 json_sprintf("%zu", 700 + n), "credits", "30"));
    return records;
}

static char *photo_base64(const char *path)
{
    Error err = { 0 };
    OWNED_BUF bytes;

    buf_init(&bytes, 1u << 20);
    assert_true(file_read(path, &bytes, &err));
    return g_base64_encode((const guchar *)bytes.data, bytes.len);
}

typedef struct Sample {
    Template *template;
    json_t *values;
    Qr qr;
    Buf logo;
    DocumentInput input;
} Sample;

static void sample_init(Sample *sample, const char *name, size_t groups, size_t each)
{
    char path[400];
    Error err = { 0 };

    snprintf(path, sizeof path, TEMPLATES "%s.json", name);
    *sample = (Sample){ .template = paper_template(path) };
    buf_init(&sample->logo, 1u << 20);
    assert_true(file_read(LOGO, &sample->logo, &err));
    assert_true(qr_make(STR("HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT"), STR("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), 13,
                        &sample->qr, &err));
    sample->values = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "student.name", "Karimova Dilnoza Baxtiyor qizi",
                               "student.number", "401241100873", "results.gpa", "4,49", "results.credits", "120",
                               "results.count", json_sprintf("%zu", groups * each), "results.rows",
                               rows_of(groups, each), "results.semesters", groups_of(groups));
    assert_non_null(sample->values);
    sample->input = (DocumentInput){ .template = sample->template,
                                     .values = sample->values,
                                     .number = "T-2026/000001",
                                     .code = "7K3M-9QXD-2HVT",
                                     .check_address = "hujjat.namuna.uz/v/",
                                     .qr = &sample->qr,
                                     .logo = buf_str(&sample->logo),
                                     .created_s = 1795500000 };
}

static void sample_fini(Sample *sample)
{
    template_free(sample->template);
    json_decref(sample->values);
    buf_fini(&sample->logo);
}

static void sample_set(Sample *sample, const char *field, const char *value)
{
    assert_int_equal(json_object_set_new(sample->values, field, json_string(value)), 0);
}

/* As a PDF, whose text is what was hashed. */
static void draw(Sample *sample, const char *path, DocumentFacts *ret)
{
    uint8_t seen[SEAL_HASH_SIZE];
    OWNED(Blob) pdf = NULL;
    Error err = { 0 };

    if (!document_to_pdf(&sample->input, &pdf, ret, &err))
        fail_msg("%s", err.text);
    paper_write(path, pdf);
    paper_hash(path, seen);
    assert_memory_equal(seen, ret->text_hash, sizeof seen);
}

static void text_of(const char *path, Buf *text)
{
    buf_init(text, 1u << 20);
    paper_run(text, "pdftotext -raw '%s' -", path);
}

static bool has(Str text, const char *words)
{
    return text.len > 0 && memmem(text.ptr, text.len, words, strlen(words)) != NULL;
}

static size_t count_of(Str text, const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i + strlen(word) <= text.len; i++)
        count += memcmp(text.ptr + i, word, strlen(word)) == 0;
    return count;
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static bool is_row(Str line)
{
    return has(line, "boshi") || has(line, "oxiri") || has(line, "Subject 120 4");
}

/* On each page: no group's head or sum alone, no row torn; a page that goes on with a group says whose. */
static void check_page(Str page, size_t *rows_done)
{
    Str rest = page, line;
    Str before = { 0 };
    bool seen_group = false;

    while (rest.len > 0) {
        line = str_split(&rest, '\n');
        if (has(line, "boshi")) {
            char word[24];

            snprintf(word, sizeof word, "boshi%03zu", *rows_done + 1);
            assert_true(has(line, word));
            snprintf(word, sizeof word, "oxiri%03zu", *rows_done + 1);
            assert_int_equal(count_of(page, word), 1);
            assert_true(seen_group);
            (*rows_done)++;
        }
        if (has(before, "-semestr") && !has(before, "Semestr"))
            assert_true(is_row(line));
        if (has(line, "Semestr jami") || has(line, "Hammasi"))
            assert_true(is_row(before) || has(before, "Semestr jami"));
        seen_group |= has(line, "-semestr");
        before = line;
    }
}

static void check_groups(size_t groups, size_t each)
{
    const char *path = paper_path("groups.pdf");
    DocumentFacts facts;
    Sample sample;
    OWNED_BUF text;
    size_t rows = 0;
    Str rest;

    sample_init(&sample, "grouped", groups, each);
    draw(&sample, path, &facts);
    if (!facts.fits)
        fail_msg("%zu groups of %zu do not fit", groups, each);
    text_of(path, &text);
    rest = buf_str(&text);
    for (int page = 0; page < facts.pages; page++) {
        Str one = str_split(&rest, '\f');

        check_page(one, &rows);
        if (has(one, "Sh. A. Rahimov")) /* no signature without something that is signed */
            assert_true(has(one, "824-son qarori"));
    }
    assert_int_equal(rows, groups * each);
    assert_int_equal(count_of(buf_str(&text), "Semestr jami"), groups);
    assert_int_equal(count_of(buf_str(&text), "Hammasi"), groups > 0);
    assert_int_equal(count_of(buf_str(&text), "Fanlar yoʻq"), groups == 0);
    unlink(path);
    sample_fini(&sample);
}

static void groups_keep_head_rows_and_sum_together(void **state)
{
    (void)state;
    check_groups(0, 0);
    for (size_t each = 1; each <= 13; each++)
        check_groups(each % 2 ? 8 : 5, each);
    check_groups(1, 50); /* one that no page holds */
}

static void a_group_without_its_record_is_refused(void **state)
{
    Sample sample;
    DocumentFacts facts;
    Error err = { 0 };

    (void)state;
    sample_init(&sample, "grouped", 4, 3);
    json_array_remove(json_object_get(sample.values, "results.semesters"), 3);
    assert_false(document_measure(&sample.input, &facts, &err));
    assert_non_null(strstr(err.text, "results.semesters has no record for group 3"));
    json_object_del(sample.values, "results.semesters");
    err = (Error){ 0 };
    assert_false(document_measure(&sample.input, &facts, &err));
    assert_non_null(strstr(err.text, "results.semesters is missing"));
    sample_fini(&sample);
}

static void a_row_that_no_page_holds_does_not_fit(void **state)
{
    Sample sample;
    DocumentFacts facts;
    Error err = { 0 };
    char *words = g_strnfill(6000, 'x');

    (void)state;
    for (size_t i = 9; i < 6000; i += 10)
        words[i] = ' ';
    sample_init(&sample, "grouped", 1, 3);
    json_object_set_new(json_array_get(json_object_get(sample.values, "results.rows"), 1), "subject",
                        json_string(words));
    assert_true(document_measure(&sample.input, &facts, &err));
    assert_false(facts.fits);
    g_free(words);
    sample_fini(&sample);
}

static void what_is_framed_and_signed_is_there(void **state)
{
    static const char *const words[] = { "Jami kredit / Credits earned",
                                         "120 / 240",
                                         "GPA =",
                                         "Σ (k · b) = 539",
                                         "Σ k = 120",
                                         "M.Oʻ.",
                                         "Blank № AM 0001234",
                                         "824-son qarori",
                                         "Fakultet dekani",
                                         "D. Karimov",
                                         "Kunduzgi / Full-time" };
    const char *path = paper_path("framed.pdf");
    DocumentFacts facts;
    Sample sample;
    OWNED_BUF text;

    (void)state;
    sample_init(&sample, "grouped", 1, 5);
    draw(&sample, path, &facts);
    text_of(path, &text);
    for (size_t i = 0; i < COUNT(words); i++)
        if (!has(buf_str(&text), words[i]))
            fail_msg("%s: not in\n%s", words[i], buf_text(&text));
    assert_false(has(buf_str(&text), "Akademik qarz")); /* its field has no value */
    unlink(path);
    sample_fini(&sample);
}

/* --- cards ------------------------------------------------------------------------------------------------------- */

static void a_card_has_two_sides_of_its_size(void **state)
{
    const char *path = paper_path("card.pdf");
    char *photo = photo_base64(PHOTO);
    DocumentFacts facts;
    Sample sample;
    OWNED_BUF said;
    OWNED_BUF text;

    (void)state;
    sample_init(&sample, "card", 0, 0);
    sample_set(&sample, "student.photo", photo);
    draw(&sample, path, &facts);
    assert_true(facts.fits);
    assert_int_equal(facts.pages, 2);
    buf_init(&said, 1u << 20);
    paper_run(&said,
              "pdfinfo '%s'; pdfimages -list '%s'; pdftoppm -r 200 -f 2 -png -singlefile '%s' '%s.side' && "
              "zbarimg -q --raw '%s.side.png'; rm '%s.side.png'",
              path, path, path, path, path, path);
    assert_true(has(buf_str(&said), "242.646 x 153.014 pts"));
    assert_true(has(buf_str(&said), "jpeg"));
    assert_true(has(buf_str(&said), "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT"));
    text_of(path, &text);
    assert_true(has(buf_str(&text), "7K3M-9QXD-2HVT"));
    assert_false(has(buf_str(&text), "fotosurat"));
    json_object_del(sample.values, "student.photo");
    draw(&sample, path, &facts);
    buf_clear(&text);
    paper_run(&text, "pdftotext -raw '%s' -", path);
    assert_true(has(buf_str(&text), "fotosurat"));
    unlink(path);
    g_free(photo);
    sample_fini(&sample);
}

static void a_name_that_outgrows_its_box_does_not_fit(void **state)
{
    Sample sample;
    DocumentFacts facts;
    Error err = { 0 };

    (void)state;
    sample_init(&sample, "card", 0, 0);
    sample_set(&sample, "student.name", "Abdurahmonova Muhabbatxon Abdusamadjon qizi");
    assert_true(document_measure(&sample.input, &facts, &err));
    assert_true(facts.fits);
    sample_set(&sample, "student.name",
               "Abdurahmonova-Toʻxtamurodova Muhabbatxon-Oysuluv-Gulbahor Abdusamadjonxoʻja Abdurahimovich qizi");
    assert_true(document_measure(&sample.input, &facts, &err));
    assert_false(facts.fits);
    sample_fini(&sample);
}

/* --- pictures ---------------------------------------------------------------------------------------------------- */

static void expect_no_picture(const char *name, const char *bytes, size_t size, const char *words)
{
    char *base64 = g_base64_encode((const guchar *)bytes, size);
    cairo_surface_t *picture = NULL;
    Error err = { 0 };

    if (picture_read(str_from(base64), &picture, &err) || !strstr(err.text, words))
        fail_msg("%s: %s", name, picture ? "taken" : err.text);
    g_free(base64);
}

static void broken_pictures_are_refused(void **state)
{
    static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\x10\x08\x02\0\0\0";
    Error err = { 0 };
    OWNED_BUF jpeg;

    (void)state;
    buf_init(&jpeg, 1u << 20);
    assert_true(file_read(PHOTO, &jpeg, &err));
    expect_no_picture("nothing", "", 0, "neither JPEG nor PNG");
    expect_no_picture("words", "hello", 5, "neither JPEG nor PNG");
    expect_no_picture("a start alone", "\xFF\xD8\xFF\xE0\0\x10JF", 8, "a JPEG that is none");
    expect_no_picture("half a face", jpeg.data, jpeg.len / 2, "JPEG: ");
    expect_no_picture("a wide PNG", png, sizeof png - 1, "16384 by 16 pixels");
    for (size_t i = 2; i < 700; i++) { /* whatever becomes of it, it ends */
        char *base64;
        cairo_surface_t *picture = NULL;
        const char old = jpeg.data[i];

        jpeg.data[i] = (char)(old ^ 0x5A);
        base64 = g_base64_encode((const guchar *)jpeg.data, jpeg.len);
        if (picture_read(str_from(base64), &picture, &err))
            cairo_surface_destroy(picture);
        jpeg.data[i] = old;
        g_free(base64);
    }
}

/* One grey picture in as many passes as the format allows: each coefficient bit by bit. */
static void write_in_many_passes(int side, unsigned char **ret, unsigned long *ret_size)
{
    static jpeg_scan_info scans[1 + 63 * 11];
    struct jpeg_compress_struct writer = { 0 };
    struct jpeg_error_mgr fault;
    unsigned char row[PICTURE_SIDE_MOST] = { 0 };
    JSAMPROW rows[] = { row };
    int count = 0;

    scans[count++] = (jpeg_scan_info){ .comps_in_scan = 1 };
    for (int k = 1; k < 64; k++)
        for (int bit = 10; bit >= 0; bit--)
            scans[count++] =
                (jpeg_scan_info){ .comps_in_scan = 1, .Ss = k, .Se = k, .Ah = bit == 10 ? 0 : bit + 1, .Al = bit };
    writer.err = jpeg_std_error(&fault);
    jpeg_create_compress(&writer);
    jpeg_mem_dest(&writer, ret, ret_size);
    writer.image_width = writer.image_height = (JDIMENSION)side;
    writer.input_components = 1;
    writer.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&writer);
    writer.scan_info = scans;
    writer.num_scans = count;
    jpeg_start_compress(&writer, TRUE);
    while (writer.next_scanline < writer.image_height)
        jpeg_write_scanlines(&writer, rows, 1);
    jpeg_finish_compress(&writer);
    jpeg_destroy_compress(&writer);
}

static void a_picture_of_many_passes_is_refused(void **state)
{
    unsigned char *jpeg = NULL;
    unsigned long size = 0;

    (void)state;
    write_in_many_passes(PICTURE_SIDE_MOST, &jpeg, &size);
    assert_true(size < PICTURE_BYTES_MOST);
    expect_no_picture("many passes", (const char *)jpeg, size, "more than 64 scans");
    free(jpeg);
}

/* Where and with what a photograph was taken stays out of the paper; a PNG is drawn too. */
static void pictures_lose_what_stands_beside_them(void **state)
{
    const char *path = paper_path("picture.pdf");
    char *photo = photo_base64(PHOTO), *logo;
    cairo_surface_t *picture = NULL, *small;
    const unsigned char *jpeg;
    unsigned long size;
    Error err = { 0 };
    OWNED_BUF png;

    (void)state;
    assert_true(picture_read(str_from(photo), &picture, &err));
    cairo_surface_get_mime_data(picture, CAIRO_MIME_TYPE_JPEG, &jpeg, &size);
    assert_non_null(jpeg);
    assert_null(memmem(jpeg, size, "hello secret place", 18));
    buf_init(&png, 1u << 20);
    assert_true(file_read(PHOTO, &png, &err));
    assert_non_null(memmem(png.data, png.len, "hello secret place", 18)); /* it was there */
    cairo_surface_destroy(picture);
    small = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 30, 40);
    assert_int_equal(cairo_surface_write_to_png(small, path), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(small);
    logo = photo_base64(path);
    assert_true(picture_read(str_from(logo), &picture, &err));
    assert_int_equal(cairo_image_surface_get_width(picture), 30);
    cairo_surface_destroy(picture);
    unlink(path);
    g_free(logo);
    g_free(photo);
}

/* --- where else to go --------------------------------------------------------------------------------------------- */

/* A phone reads both; what comes after stands below them. */
static void an_address_is_a_code(void **state)
{
    const char *path = paper_path("link.pdf");
    DocumentFacts facts;
    Sample sample;
    OWNED_BUF said;

    (void)state;
    sample_init(&sample, "link", 0, 0);
    draw(&sample, path, &facts);
    assert_true(facts.fits);
    assert_int_equal(facts.pages, 1);
    buf_init(&said, 1u << 20);
    paper_run(&said,
              "pdftoppm -r 200 -png -singlefile '%s' '%s.side' && zbarimg -q --raw '%s.side.png'; rm '%s.side.png'",
              path, path, path, path);
    assert_true(has(buf_str(&said), "HTTPS://MY.EXAMPLE\n"));
    assert_true(has(buf_str(&said), "HTTPS://A-LONGER-NAME.PORTAL.EXAMPLE\n"));
    unlink(path);
    sample_fini(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_keep_head_rows_and_sum_together),
        cmocka_unit_test(a_group_without_its_record_is_refused),
        cmocka_unit_test(a_row_that_no_page_holds_does_not_fit),
        cmocka_unit_test(what_is_framed_and_signed_is_there),
        cmocka_unit_test(a_card_has_two_sides_of_its_size),
        cmocka_unit_test(a_name_that_outgrows_its_box_does_not_fit),
        cmocka_unit_test(broken_pictures_are_refused),
        cmocka_unit_test(a_picture_of_many_passes_is_refused),
        cmocka_unit_test(pictures_lose_what_stands_beside_them),
        cmocka_unit_test(an_address_is_a_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
