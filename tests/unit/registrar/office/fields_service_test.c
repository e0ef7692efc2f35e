/* A template that shows what its service does not ask is refused when both are put on one shelf, with file and place.
 */
#include <string.h>

#include "base/file.h"
#include "registrar/office/shelf.h"
#include "test.h"
#include "wire/json.h"

#define LABEL          "\"label\":{\"uz\":\"S\",\"uz-Cyrl\":\"S\",\"ru\":\"S\",\"en\":\"S\"}"
#define TEXT(id, more) "{\"id\":\"" id "\",\"type\":\"text\",\"most\":40," LABEL more "}"
#define CHOICE(id, paper)                                                                                              \
    "{\"id\":\"" id "\",\"type\":\"choice\",\"required\":true," LABEL ",\"choices\":[{\"id\":\"a\"," LABEL paper "},"  \
    "{\"id\":\"b\"," LABEL "}]}"
#define PAPER         ",\"paper\":{\"uz\":\"S\",\"uz-Cyrl\":\"S\",\"ru\":\"S\",\"en\":\"S\"}"
#define THROUGH(asks) "{\"through\":{\"units\":[\"dean\"],\"hand_out\":\"window\",\"asks\":[" asks "]}}"
#define FORM(fields)  "{\"form\":[" fields "]}"

static const struct {
    const char *name;
    const char *block;                /* of the template, in one language */
    const char *service;              /* what of the service is changed */
    const char *file, *path, *reason; /* NULL: taken */
} cases[] = {
    { "an answer that is always there", "\"text\":\"{answer.why}\"", FORM(TEXT("why", ",\"required\":true")), NULL,
      NULL, NULL },
    { "an answer that nobody is asked for", "\"text\":\"{answer.who}\"", FORM(TEXT("why", ",\"required\":true")),
      "/t/paper.json", "languages.uz.blocks[0]", "{answer.who}: service certificate-of-study asks no such question" },
    { "one behind a condition too", "\"text\":\"{answer.who}\",\"when_present\":\"answer.who\"",
      FORM(TEXT("why", ",\"required\":true")), "/t/paper.json", "languages.uz.blocks[0]", "asks no such question" },
    { "an answer that may be left out", "\"text\":\"{answer.why}\"", FORM(TEXT("why", "")), "/t/paper.json",
      "languages.uz.blocks[0]", "may leave it unanswered" },
    { "and is left out then", "\"text\":\"{answer.why}\",\"when_present\":\"answer.why\"", FORM(TEXT("why", "")), NULL,
      NULL, NULL },
    { "an answer to a question that not all are asked", "\"text\":\"{answer.why}\"",
      FORM(CHOICE("kind", "") "," TEXT("why", ",\"required\":true,\"when\":{\"equals\":[\"kind\",\"a\"]}")),
      "/t/paper.json", "languages.uz.blocks[0]", "may leave it unanswered" },
    { "what staff are asked", "\"text\":\"{staff.dean}\"", THROUGH(TEXT("dean", ",\"required\":true")), NULL, NULL,
      NULL },
    { "what staff are not asked", "\"text\":\"{staff.rector}\"", THROUGH(TEXT("dean", ",\"required\":true")),
      "/t/paper.json", "languages.uz.blocks[0]", "{staff.rector}: service certificate-of-study asks no such question" },
    { "staff, of a service without any", "\"text\":\"{staff.dean}\"", "{}", "/t/paper.json", "languages.uz.blocks[0]",
      "asks no such question" },
    { "a receiver", "\"text\":\"{receiver}\"", FORM(CHOICE("kind", PAPER)), NULL, NULL, NULL },
    { "a receiver without words", "\"text\":\"{receiver}\"", FORM(CHOICE("kind", "")), "/t/paper.json",
      "languages.uz.blocks[0]", "no answer with words for the paper" },
    { "no receiver where there is none", "\"text\":\"{receiver}\",\"when_present\":\"receiver\"",
      FORM(CHOICE("kind", "")), NULL, NULL, NULL },
    { "a blank that it is not printed on", "\"text\":\"{blank.number}\"", "{}", "/t/paper.json",
      "languages.uz.blocks[0]", "is printed on no blank" },
    { "an end that there is not", "\"text\":\"{issued.valid_until}\"", "{}", "/t/paper.json", "languages.uz.blocks[0]",
      "sets no end" },
    { "an end", "\"text\":\"{issued.valid_until}\"",
      "{\"yields\":{\"document\":\"paper\",\"languages\":[\"uz\"],\"valid_days\":10}}", NULL, NULL, NULL },
    { "what is chosen from a list", "\"text\":\"{chosen.count}\"",
      FORM("{\"id\":\"subjects\",\"type\":\"several\",\"least\":1,\"most\":9,\"from\":\"debts\"," LABEL "}"), NULL,
      NULL, NULL },
    { "what is chosen where nothing is", "\"text\":\"{chosen.count}\",\"when_present\":\"chosen.count\"",
      FORM(CHOICE("kind", "")), "/t/paper.json", "languages.uz.blocks[0]", "lets nothing be chosen from a list" },
    { "a question about what is on record", "\"text\":\"t\"", FORM(TEXT("why", ",\"shows\":\"student.passport_name\"")),
      NULL, NULL, NULL },
    { "a question about what is on no record", "\"text\":\"t\"", FORM(TEXT("why", ",\"shows\":\"student.shoes\"")),
      "/s/service.json", "form[0].shows", "no field of a record is called student.shoes" },
    { "a question about a list", "\"text\":\"t\"", FORM(TEXT("why", ",\"shows\":\"results.rows\"")), "/s/service.json",
      "form[0].shows", "no field of a record is called results.rows" },
};

static Buf file_text(const char *path)
{
    Error err = { 0 };
    Buf text;

    buf_init(&text, 1u << 20);
    assert_ok(file_read(path, &text, &err), err);
    return text;
}

static void add(ShelfFiles *files, ShelfKind kind, const char *name, Str body)
{
    Error err = { 0 };

    assert_ok(shelf_files_add(files, kind, name, blob_new(body.ptr, body.len), &err), err);
}

/* The certificate's service, with another paper and what the case changes. */
static void write_service(const char *change, Buf *ret)
{
    OWNED_BUF text = file_text(SOURCE_DIR "/kiosk/services/certificate-of-study.json");
    Error err = { 0 };
    json_t *service = json_read(buf_str(&text), &err);
    json_t *changed = json_loads(change, 0, NULL);

    assert_true(service && changed);
    json_object_set_new(service, "form", json_array());
    json_object_set_new(service, "for", json_array());
    json_object_set_new(service, "yields", json_pack("{s:s,s:[s]}", "document", "paper", "languages", "uz"));
    json_object_update(service, changed);
    assert_ok(json_write(service, ret, &err), err);
    json_decref(service);
    json_decref(changed);
}

static void what_a_paper_shows_of_answers_is_asked(void **state)
{
    OWNED_BUF words = file_text(SOURCE_DIR "/assets/documents/words/words.json");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(ShelfFiles) files = shelf_files_new();
        ShelfFaults faults = { 0 };
        Error err = { 0 };
        OWNED_BUF service, template;

        buf_init(&service, 1u << 20);
        buf_init(&template, 1u << 20);
        write_service(cases[i].service, &service);
        buf_add_format(&template,
                       "{\"id\":\"paper\",\"page\":\"A4\",\"register\":\"M\",\"languages\":{\"uz\":{\"title\":\"T\","
                       "\"blocks\":[{\"block\":\"paragraph\",%s}]}}}",
                       cases[i].block);
        add(files, SHELF_WORDS, "/t/words/words.json", buf_str(&words));
        add(files, SHELF_TEMPLATE, "/t/paper.json", buf_str(&template));
        add(files, SHELF_SERVICE, "/s/service.json", buf_str(&service));
        OWNED(Shelf) shelf = shelf_make(files, &faults, &err);
        if (!cases[i].file && !shelf)
            fail_msg("%s: %s: %s: %s", cases[i].name, faults.items[0].file, faults.items[0].path,
                     faults.items[0].reason);
        if (!cases[i].file)
            continue;
        if (shelf)
            fail_msg("%s: is taken", cases[i].name);
        assert_int_equal(faults.count, 1);
        assert_string_equal(faults.items[0].file, cases[i].file);
        assert_string_equal(faults.items[0].path, cases[i].path);
        if (!strstr(faults.items[0].reason, cases[i].reason))
            fail_msg("%s: %s", cases[i].name, faults.items[0].reason);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_paper_shows_of_answers_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
