#include "paper.h"

#include <pthread.h>

#include "registrar/document/sheet.h"

/* Fields with the values of one student; every other field of the template gets a plain word. */
static const struct {
    const char *name, *value;
} sample[] = {
    { "institution.ministry", "Oʻzbekiston Respublikasi Oliy taʼlim,\nfan va innovatsiyalar vazirligi" },
    { "institution.name", "Namuna davlat universiteti" },
    { "institution.address",
      "100174, Toshkent shahri,\nUniversitet koʻchasi, 4-uy\n+998 71 200 00 00\nregistrator@namuna.uz" },
    { "student.name", "Karimova Dilnoza Baxtiyor qizi" },
    { "student.pinfl", "61403064010270" },
};

static json_t *values_made;

static bool note_field(const char *name)
{
    json_object_set_new(values_made, name, json_string("Qiymat"));
    return true;
}

typedef struct Paper {
    Template *template;
    json_t *values;
    Qr qr;
    Buf logo;
    DocumentInput input;
} Paper;

static void paper_init(Paper *paper, Language language)
{
    Error err = { 0 };
    OWNED_BUF json;

    *paper = (Paper){ .values = json_object() };
    buf_init(&json, 1u << 20);
    assert_true(file_read(TEMPLATE, &json, &err));
    values_made = paper->values;
    buf_init(&paper->logo, 1u << 20);
    assert_true(file_read(LOGO, &paper->logo, &err));
    paper->template = template_parse(buf_str(&json), note_field, &err);
    if (!paper->template)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < COUNT(sample); i++)
        json_object_set_new(paper->values, sample[i].name, json_string(sample[i].value));
    if (!qr_make(STR("HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT"), STR("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), 13,
                 &paper->qr, &err))
        fail_msg("%s", err.text);
    paper->input = (DocumentInput){ .template = paper->template,
                                    .language = language,
                                    .values = paper->values,
                                    .number = "M-2026/004817",
                                    .code = "7K3M-9QXD-2HVT",
                                    .check_address = "hujjat.namuna.uz/v/",
                                    .qr = &paper->qr,
                                    .logo = buf_str(&paper->logo),
                                    .created_s = 1795500000 };
}

static void paper_fini(Paper *paper)
{
    template_free(paper->template);
    json_decref(paper->values);
    buf_fini(&paper->logo);
}

static Blob *draw(const DocumentInput *input, DocumentFacts *facts)
{
    Error err = { 0 };
    Blob *pdf;

    if (!document_to_pdf(input, &pdf, facts, &err))
        fail_msg("%s", err.text);
    return pdf;
}

/* Draws, and holds the hash against pdftotext's. */
static void expect_hash(const DocumentInput *input, const char *name, DocumentFacts *ret)
{
    const char *path = paper_path("hash.pdf");
    uint8_t seen[SEAL_HASH_SIZE];
    DocumentFacts measured;
    Error err = { 0 };
    OWNED(Blob) pdf = draw(input, ret);

    paper_write(path, pdf);
    paper_hash(path, seen);
    if (memcmp(seen, ret->text_hash, sizeof seen) != 0)
        fail_msg("%s: pdftotext reads another text", name);
    assert_true(document_measure(input, &measured, &err));
    assert_memory_equal(measured.text_hash, seen, sizeof seen);
    assert_int_equal(measured.pages, ret->pages);
    unlink(path);
}

static const char *const names[] = {
    "Karimova Dilnoza Baxtiyor qizi",
    "Oʻgʻilov Gʻayratjon Oʻktam oʻgʻli",
    "Toʻxtasinova Moʻtabar Masʼudjon qizi",
    "Ғуломов Ўткир Ҳабибуллаевич",
    "Щербакова-Ёлкина Юлия Съезжая",
    "Fifield Affleck Offiziere ffl fi",
    "Đặng Thị Ngọc Huyền",
    "José Ñúñez Ærøskøbing Łódź Çağrı İpek",
    "A. <b>O'Neil</b> & Sons \"x\" {y}",
    "AVAWATAYAVLTPA. T. V. Y.",
    "a\xCC\x86o\xCC\x88 Se\xCC\x81",
    "No‑break hyphen and – dash — … № “quotes” ‘x’",
};

static void hash_is_pdftotexts(void **state)
{
    static const Language languages[] = { LANGUAGE_UZ, LANGUAGE_EN };

    (void)state;
    for (size_t k = 0; k < COUNT(languages); k++) {
        Paper paper;

        paper_init(&paper, languages[k]);
        for (size_t i = 0; i < COUNT(names); i++) {
            DocumentFacts facts;

            json_object_set_new(paper.values, "student.name", json_string(names[i]));
            expect_hash(&paper.input, names[i], &facts);
            assert_true(facts.fits);
            assert_int_equal(facts.pages, 1);
        }
        paper_fini(&paper);
    }
}

static void hash_changes_with_any_letter(void **state)
{
    Paper paper;
    DocumentFacts one, two;
    Error err = { 0 };

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    assert_true(document_measure(&paper.input, &one, &err));
    json_object_set_new(paper.values, "student.pinfl", json_string("61403064010271"));
    assert_true(document_measure(&paper.input, &two, &err));
    assert_memory_not_equal(one.text_hash, two.text_hash, SEAL_HASH_SIZE);
    paper_fini(&paper);
}

static void name_is_there_letter_for_letter(void **state)
{
    const char *path = paper_path("name.pdf");
    Paper paper;

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    for (size_t i = 0; i < 5; i++) {
        DocumentFacts facts;
        OWNED_BUF text;
        OWNED(Blob) pdf = NULL;

        buf_init(&text, 1u << 20);
        json_object_set_new(paper.values, "student.name", json_string(names[i]));
        pdf = draw(&paper.input, &facts);
        paper_write(path, pdf);
        paper_run(&text, "pdftotext -layout '%s' -", path);
        if (!strstr(buf_text(&text), names[i]))
            fail_msg("%s: not in\n%s", names[i], buf_text(&text));
        assert_non_null(strstr(buf_text(&text), "MAʼLUMOTNOMA"));
        assert_non_null(strstr(buf_text(&text), "OʻZBEKISTON RESPUBLIKASI OLIY TAʼLIM,"));
        assert_non_null(strstr(buf_text(&text), "hujjat.namuna.uz/v/7K3M-9QXD-2HVT"));
    }
    unlink(path);
    paper_fini(&paper);
}

static void tools_find_nothing(void **state)
{
    const char *path = paper_path("tools.pdf");
    Paper paper;
    DocumentFacts facts;
    OWNED(Blob) pdf = NULL;
    OWNED_BUF said;
    Str lines, line;

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    pdf = draw(&paper.input, &facts);
    paper_write(path, pdf);
    buf_init(&said, 1u << 20);
    paper_run(&said, "qpdf --check '%s' 2>&1", path);
    assert_non_null(strstr(buf_text(&said), "No syntax or stream encoding errors found"));

    buf_clear(&said);
    paper_run(&said, "pdffonts '%s' | tail -n +3", path);
    lines = buf_str(&said);
    for (size_t count = 0; lines.len > 0; count++) {
        line = str_split(&lines, '\n');
        if (line.len > 0 &&
            (!strstr(line.ptr, "yes yes yes") || line.ptr[6] != '+' || strncmp(line.ptr + 7, "NotoS", 5) != 0))
            fail_msg("font: " STR_FMT, STR_ARG(line));
        assert_true(count < 20);
    }

    buf_clear(&said);
    paper_run(&said, "pdfinfo '%s'", path);
    assert_null(strstr(buf_text(&said), "Karimova"));
    assert_non_null(strstr(buf_text(&said), "M-2026/004817"));
    assert_non_null(strstr(buf_text(&said), "A4"));

    buf_clear(&said);
    paper_run(
        &said,
        "d=$(mktemp -d) && pdftoppm -r 200 -png '%s' $d/p && zbarimg -q --raw $d/p-1.png; s=$?; rm -r $d; exit $s",
        path);
    assert_string_equal(buf_text(&said), "HTTPS://HUJJAT.NAMUNA.UZ/V/7K3M9QXD2HVT#JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\n");
    unlink(path);
    paper_fini(&paper);
}

static void equal_input_gives_equal_bytes(void **state)
{
    Paper paper;
    DocumentFacts facts;
    OWNED(Blob) one = NULL;
    OWNED(Blob) two = NULL;
    OWNED(Blob) sealed_later = NULL;
    OWNED(Document) document = NULL;
    Error err = { 0 };

    (void)state;
    paper_init(&paper, LANGUAGE_EN);
    one = draw(&paper.input, &facts);
    two = draw(&paper.input, &facts);
    assert_true(str_equal(blob_str(one), blob_str(two)));
    paper.input.qr = NULL;
    document = document_lay_out(&paper.input, &facts, &err);
    assert_non_null(document);
    assert_true(document_draw_pdf(document, &paper.qr, &sealed_later, &err));
    assert_true(str_equal(blob_str(one), blob_str(sealed_later)));
    paper_fini(&paper);
}

static void what_is_absent_is_left_out(void **state)
{
    Paper paper;
    DocumentFacts with, without;
    OWNED_BUF text;
    OWNED(Blob) pdf = NULL;
    Error err = { 0 };

    (void)state;
    buf_init(&text, 1u << 20);
    paper_init(&paper, LANGUAGE_UZ);
    assert_true(document_measure(&paper.input, &with, &err));
    json_object_del(paper.values, "student.pinfl"); /* a foreign student has none */
    pdf = draw(&paper.input, &without);
    paper_write(paper_path("absent.pdf"), pdf);
    paper_run(&text, "pdftotext -raw '%s' -", paper_path("absent.pdf"));
    unlink(paper_path("absent.pdf"));
    assert_null(strstr(buf_text(&text), "JSHSHIR"));
    json_object_del(paper.values, "student.name"); /* but a paper without a name is none */
    assert_false(document_measure(&paper.input, &without, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    assert_non_null(strstr(err.text, "field student.name has no value"));
    paper_fini(&paper);
}

static void values_that_are_refused(void **state)
{
    static const struct {
        const char *value;
        ErrorCode code;
    } cases[] = {
        { "Karimova \xE2\x80\xAE", ERR_FORMAT },         /* right-to-left override */
        { "Kari\xE2\x80\x8Bmova", ERR_FORMAT },          /* zero-width space */
        { "Kari\x07mova", ERR_FORMAT },                  /* a control */
        { "\xE7\x8E\x8B\xE5\xB0\x8F", ERR_UNSUPPORTED }, /* the faces lack it, and no other stands in */
    };
    Paper paper;

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    for (size_t i = 0; i < COUNT(cases); i++) {
        DocumentFacts facts;
        Error err = { 0 };

        json_object_set_new(paper.values, "student.name", json_string(cases[i].value));
        assert_false(document_measure(&paper.input, &facts, &err));
        assert_int_equal(err.code, cases[i].code);
    }
    paper_fini(&paper);
}

static void long_names_wrap_until_they_cannot(void **state)
{
    char name[400];
    Paper paper;
    DocumentFacts facts;
    Error err = { 0 };

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    for (size_t length = 20; length <= 380; length += 30) {
        for (size_t i = 0; i < length; i++)
            name[i] = i % 12 == 11 ? ' ' : (char)('a' + i % 26);
        name[length] = '\0';
        json_object_set_new(paper.values, "student.name", json_string(name));
        assert_true(document_measure(&paper.input, &facts, &err));
        if (length <= 120)
            assert_true(facts.fits);
        if (length >= 380)
            assert_false(facts.fits);
    }
    memset(name, 'm', 80); /* one word wider than its place is never torn */
    name[80] = '\0';
    json_object_set_new(paper.values, "student.name", json_string(name));
    assert_true(document_measure(&paper.input, &facts, &err));
    assert_false(facts.fits);
    paper_fini(&paper);
}

/* The placeholders take the room of what will stand there: nothing else on the page moves. */
static void preview_is_the_same_page(void **state)
{
    Paper paper;
    Error err = { 0 };
    OWNED_SHEETS real = { 0 };
    OWNED_SHEETS preview = { 0 };
    DocumentFacts facts;
    OWNED(Blob) png = NULL;

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    assert_true(sheets_lay_out(&paper.input, &real, &err));
    paper.input.number = paper.input.code = NULL;
    paper.input.qr = NULL;
    paper.input.watermark = "Koʻrib chiqish uchun";
    assert_true(sheets_lay_out(&paper.input, &preview, &err));
    assert_int_equal(real.count, preview.count);
    for (size_t i = 0; i < real.count; i++) {
        assert_int_equal(real.items[i].kind, preview.items[i].kind);
        assert_true(real.items[i].x == preview.items[i].x && real.items[i].y == preview.items[i].y);
        if (real.items[i].layout)
            assert_int_equal(pango_layout_get_line_count(real.items[i].layout),
                             pango_layout_get_line_count(preview.items[i].layout));
    }
    assert_true(document_to_png(&paper.input, 0, 900, &png, &facts, &err));
    assert_true(str_starts(blob_str(png), STR("\x89PNG")));
    assert_true(facts.fits);
    assert_false(document_to_png(&paper.input, 1, 900, &png, &facts, &err));
    assert_int_equal(err.code, ERR_RANGE);
    assert_false(document_to_png(&paper.input, 0, 99, &png, &facts, &err));
    paper_fini(&paper);
}

/* Any square of modules, drawn at one pixel a module, gives itself back. */
static void codes_are_drawn_module_by_module(void **state)
{
    GRand *random = g_rand_new_with_seed(11);

    (void)state;
    for (int round = 0; round < 200; round++) {
        const int side = round < 100 ? 1 + round % 7 : QR_SIDE_MOST - round % 3;
        Qr qr = { .version = 1, .side = side };
        Item item = { .kind = ITEM_CODE };
        const Sheets sheets = { .items = &item, .count = 1, .pages = 1 };
        cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, side, side);
        cairo_t *cairo = cairo_create(surface);

        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                qr.dark[y][x] = g_rand_int_range(random, 0, 8) < 1 + round % 7;
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
        cairo_scale(cairo, 1 / MODULE, 1 / MODULE);
        sheets_draw(&sheets, 0, &qr, cairo);
        cairo_surface_flush(surface);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) {
                int pixel = cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + x];

                if ((pixel > 127) != qr.dark[y][x])
                    fail_msg("round %d: module %d, %d", round, x, y);
            }
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    }
    g_rand_free(random);
}

#define SIDE_BY_SIDE 4

static void *draw_some(void *arg)
{
    const DocumentInput *input = arg;
    DocumentFacts facts;
    Blob *last = NULL;

    for (int i = 0; i < 6; i++) {
        Error err = { 0 };

        blob_drop(last);
        last = NULL;
        if (!document_to_pdf(input, &last, &facts, &err))
            return NULL;
    }
    return last;
}

static void threads_draw_side_by_side(void **state)
{
    pthread_t threads[SIDE_BY_SIDE];
    void *pages[SIDE_BY_SIDE];
    Paper paper;

    (void)state;
    paper_init(&paper, LANGUAGE_UZ);
    for (size_t i = 0; i < SIDE_BY_SIDE; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, draw_some, &paper.input), 0);
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        pthread_join(threads[i], &pages[i]);
        assert_non_null(pages[i]);
        assert_true(str_equal(blob_str(pages[i]), blob_str(pages[0])));
    }
    for (size_t i = 0; i < SIDE_BY_SIDE; i++)
        blob_drop(pages[i]);
    paper_fini(&paper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_is_pdftotexts),
        cmocka_unit_test(hash_changes_with_any_letter),
        cmocka_unit_test(name_is_there_letter_for_letter),
        cmocka_unit_test(tools_find_nothing),
        cmocka_unit_test(equal_input_gives_equal_bytes),
        cmocka_unit_test(what_is_absent_is_left_out),
        cmocka_unit_test(values_that_are_refused),
        cmocka_unit_test(long_names_wrap_until_they_cannot),
        cmocka_unit_test(preview_is_the_same_page),
        cmocka_unit_test(codes_are_drawn_module_by_module),
        cmocka_unit_test(threads_draw_side_by_side),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
