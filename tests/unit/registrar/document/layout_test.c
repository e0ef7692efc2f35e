/* Tables over pages. */
#include "paper.h"

static const char table_json[] =
    "{\"id\":\"transcript\",\"page\":\"A4\",\"register\":\"T\",\"sealed\":{\"rows\":\"count\"},\"languages\":{\"uz\":{"
    "\"title\":\"Transkript\","
    "\"blocks\":[{\"block\":\"heading\",\"at\":58.5,\"title\":\"TRANSKRIPT\",\"second\":\"Academic transcript\"},"
    "{\"block\":\"table\",\"at\":71.5,\"rows\":\"results\",\"columns\":["
    "{\"head\":\"№\",\"width\":7,\"text\":\"{n}\"},"
    "{\"head\":\"Fanning nomi\",\"width\":56,\"text\":\"{subject}\"},"
    "{\"head\":\"Subject\",\"width\":52,\"text\":\"{second}\"},"
    "{\"head\":\"Soat\",\"second\":\"Hours\",\"width\":10,\"align\":\"figures\",\"text\":\"{hours}\"},"
    "{\"head\":\"Kredit\",\"second\":\"Credits\",\"width\":11,\"align\":\"figures\",\"text\":\"{credits}\"}]},"
    "{\"block\":\"paragraph\",\"text\":\"Jami {count} ta fan.\"},"
    "{\"block\":\"signature\",\"role\":\"Dekan\",\"name\":\"N. R. Tursunov\",\"caption\":\"imzo\"},"
    "{\"block\":\"check\",\"head\":\"Tekshirish\"},"
    "{\"block\":\"foot\",\"left\":\"№ {number}\",\"centre\":\"Transkript\",\"right\":\"{page}-sahifa, jami {pages} "
    "ta\"}]}}}";

/* Every third subject is long enough for two lines and more. */
static json_t *table_values(size_t rows)
{
    json_t *values = json_object(), *results = json_array();
    char text[200];

    for (size_t i = 1; i <= rows; i++) {
        json_t *row = json_object();

        snprintf(text, sizeof text, "%zu", i);
        json_object_set_new(row, "n", json_string(text));
        snprintf(text, sizeof text, "boshi%03zu Fan%s oxiri%03zu", i,
                 i % 3 ? "" : " va uning juda uzun nomi, bu esa ikki, ba’zan uch qatorga sigʻadi, xolos", i);
        json_object_set_new(row, "subject", json_string(text));
        snprintf(text, sizeof text, "Subject ikki%03zu", i);
        json_object_set_new(row, "second", json_string(text));
        json_object_set_new(row, "hours", json_string("120"));
        json_object_set_new(row, "credits", json_string("4"));
        json_array_append_new(results, row);
    }
    snprintf(text, sizeof text, "%zu", rows);
    json_object_set_new(values, "count", json_string(text));
    json_object_set_new(values, "results", results);
    return values;
}

static int count_of(Str text, const char *word)
{
    int count = 0;

    for (size_t i = 0; i + strlen(word) <= text.len; i++)
        count += memcmp(text.ptr + i, word, strlen(word)) == 0;
    return count;
}

/* One page's text: each row that begins on it ends on it, and all its cells with it. */
static size_t check_page(Str page, size_t first_row, size_t rows)
{
    size_t on_page = 0;

    for (size_t row = first_row; row <= rows; row++) {
        char start[20], end[20], second[20];

        snprintf(start, sizeof start, "boshi%03zu", row);
        snprintf(end, sizeof end, "oxiri%03zu", row);
        snprintf(second, sizeof second, "ikki%03zu", row);
        assert_int_equal(count_of(page, start), count_of(page, end));
        assert_int_equal(count_of(page, start), count_of(page, second));
        if (count_of(page, start) == 0)
            break;
        on_page++;
    }
    if (rows > 0) /* an empty list still shows its head */
        assert_int_equal(count_of(page, "Fanning nomi"), on_page > 0);
    return on_page;
}

static void check_table(size_t rows, int least_pages)
{
    const char *path = paper_path("table.pdf");
    Error err = { 0 };
    OWNED(Template) template = template_parse(str_from(table_json), paper_knows, &err);
    json_t *values = table_values(rows);
    const DocumentInput input = { .template = template,
                                  .language = LANGUAGE_UZ,
                                  .values = values,
                                  .number = "T-2026/000001",
                                  .code = "7K3M-9QXD-2HVT",
                                  .check_address = "hujjat.namuna.uz/v/" };
    DocumentFacts facts;
    OWNED(Blob) pdf = NULL;
    OWNED_BUF text;
    uint8_t seen[SEAL_HASH_SIZE];
    size_t done = 0;
    Str rest;

    if (!template || !document_to_pdf(&input, &pdf, &facts, &err))
        fail_msg("%zu rows: %s", rows, err.text);
    assert_true(facts.fits);
    assert_true(facts.pages >= least_pages);
    paper_write(path, pdf);
    paper_hash(path, seen);
    assert_memory_equal(seen, facts.text_hash, sizeof seen);
    buf_init(&text, 1u << 20);
    paper_run(&text, "pdftotext -raw '%s' -", path);
    rest = buf_str(&text);
    for (int page = 1; page <= facts.pages; page++) {
        Str one = str_split(&rest, '\f');
        size_t on_page = check_page(one, done + 1, rows);
        char foot[40];

        snprintf(foot, sizeof foot, "%d-sahifa, jami %d ta", page, facts.pages);
        assert_int_equal(count_of(one, foot), 1);
        if (done + on_page == rows && on_page == 1 && rows > 1)
            fail_msg("%zu rows: the last one stands alone", rows);
        done += on_page;
    }
    assert_int_equal(done, rows);
    assert_int_equal(count_of(buf_str(&text), "hujjat.namuna.uz/v/"), 1);
    unlink(path);
    json_decref(values);
}

static void tables_break_between_rows(void **state)
{
    (void)state;
    check_table(60, 3);
    for (size_t rows = 0; rows <= 44; rows++)
        check_table(rows, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(tables_break_between_rows) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
