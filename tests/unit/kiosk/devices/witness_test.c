#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "kiosk/devices/witness.h"

typedef struct Desk {
    char folder[64], file[96];
    CoseKey *key;
} Desk;

static void desk_open(Desk *desk)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "thirty-two bytes, not a secret!";
    Error err = { 0 };

    snprintf(desk->folder, sizeof desk->folder, "/tmp/witness-test-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->file, sizeof desk->file, "%s/audit-head.json", desk->folder);
    desk->key = cose_key_new(COSE_AUDIT_HEAD, 3, seed, &err);
    assert_non_null(desk->key);
}

static void desk_close(Desk *desk)
{
    cose_key_free(desk->key);
    unlink(desk->file);
    rmdir(desk->folder);
}

static ApiHeartbeatAnswer answer_of(const Desk *desk, uint32_t era, int64_t position, uint8_t hash)
{
    const AuditHead head = { "hujjat.namuna.uz", position, era, 1795500000, { hash } };
    ApiHeartbeatAnswer answer = { 0 };
    OWNED_BUF token, text;
    Error err = { 0 };

    buf_init(&token, AUDIT_HEAD_MOST);
    buf_init(&text, API_HEAD_SIZE);
    assert_ok(audit_head_sign(desk->key, &head, &token, &err), err);
    base64url_write(&text, token.data, token.len);
    assert_true(str_copy(buf_str(&text), answer.audit_head, sizeof answer.audit_head));
    return answer;
}

static void hear(Witness *witness, const Desk *desk, uint32_t era, int64_t position, uint8_t hash)
{
    const ApiHeartbeatAnswer answer = answer_of(desk, era, position, hash);

    witness_hear(witness, &answer, 0);
}

static void the_newest_is_kept_over_a_restart(void **state)
{
    Desk desk;
    Witness witness;
    ApiHeartbeat heartbeat = { 0 };

    (void)state;
    desk_open(&desk);
    witness_init(&witness, desk.file, NULL);
    witness_say(&witness, &heartbeat);
    assert_string_equal(heartbeat.audit_kept, "");
    hear(&witness, &desk, 1, 10, 1);
    hear(&witness, &desk, 1, 17, 2);
    witness_fini(&witness);
    witness_init(&witness, desk.file, NULL);
    witness_say(&witness, &heartbeat);
    ApiHeartbeatAnswer same = answer_of(&desk, 1, 17, 2);
    assert_string_equal(heartbeat.audit_kept, same.audit_head);
    assert_false(heartbeat.audit_broken);
    hear(&witness, &desk, 1, 18, 3);
    assert_int_equal(witness.head.position, 18);
    desk_close(&desk);
}

static void what_does_not_follow_is_told_and_the_old_one_kept(void **state)
{
    static const struct {
        const char *name;
        uint32_t era;
        int64_t position;
        uint8_t hash;
        bool conflict, broken;
    } cases[] = {
        { "the same", 1, 17, 2, false, false },
        { "a lower place", 1, 16, 1, false, true },
        { "another at the same place", 1, 17, 9, false, true },
        { "the registrar does not hold it", 1, 18, 3, true, true },
        { "restored", 2, 5, 9, false, false },
        { "later", 1, 99, 9, false, false },
    };
    Desk desk;

    (void)state;
    desk_open(&desk);
    for (size_t i = 0; i < COUNT(cases); i++) {
        Witness witness;
        ApiHeartbeat heartbeat = { 0 };
        ApiHeartbeatAnswer answer = answer_of(&desk, cases[i].era, cases[i].position, cases[i].hash);

        unlink(desk.file);
        witness_init(&witness, desk.file, NULL);
        hear(&witness, &desk, 1, 17, 2);
        answer.audit_conflict = cases[i].conflict;
        witness_hear(&witness, &answer, 0);
        witness_say(&witness, &heartbeat);
        if (heartbeat.audit_broken != cases[i].broken)
            fail_msg("%s", cases[i].name);
        if (cases[i].broken) { /* for ever, and over a restart the evidence is there */
            hear(&witness, &desk, 1, 30, 7);
            assert_int_equal(witness.head.position, 17);
            witness_fini(&witness);
            witness_init(&witness, desk.file, NULL);
            assert_int_equal(witness.head.position, 17);
        }
    }
    desk_close(&desk);
}

static void a_file_of_something_else_begins_anew(void **state)
{
    static const char *const files[] = { "", "{}", "{\"head\":7}", "{\"head\":\"AAAA\"}", "not JSON" };
    Desk desk;

    (void)state;
    desk_open(&desk);
    for (size_t i = 0; i < COUNT(files); i++) {
        Witness witness;
        Error err = { 0 };

        assert_ok(file_write(desk.file, 0600, str_from(files[i]), &err), err);
        witness_init(&witness, desk.file, NULL);
        assert_false(witness.knows);
        hear(&witness, &desk, 1, 3, 1);
        assert_true(witness.knows);
    }
    desk_close(&desk);
}

static void the_disk_is_spared(void **state)
{
    Desk desk;
    Witness witness, again;

    (void)state;
    desk_open(&desk);
    witness_init(&witness, desk.file, NULL);
    for (int64_t at = 1; at <= 4; at++) {
        const ApiHeartbeatAnswer answer = answer_of(&desk, 1, at, 1);

        witness_hear(&witness, &answer, at * WITNESS_WRITE_MS / 3);
        witness_init(&again, desk.file, NULL);
        assert_int_equal(again.head.position, at < 4 ? 1 : 4);
    }
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_is_kept_over_a_restart),
        cmocka_unit_test(what_does_not_follow_is_told_and_the_old_one_kept),
        cmocka_unit_test(a_file_of_something_else_begins_anew),
        cmocka_unit_test(the_disk_is_spared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
