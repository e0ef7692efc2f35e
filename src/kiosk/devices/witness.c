#include "kiosk/devices/witness.h"

#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "wire/json.h"

#define FILE_MOST 4096

static bool peek(const char *text, AuditHead *ret)
{
    OWNED_BUF token;

    buf_init(&token, AUDIT_HEAD_MOST);
    return base64url_read(str_from(text), &token) && audit_head_peek(buf_str(&token), ret);
}

static bool take(Witness *witness, const char *text)
{
    AuditHead head;

    if (!text || !peek(text, &head) || !str_copy(str_from(text), witness->kept, sizeof witness->kept))
        return false;
    witness->head = head;
    witness->knows = true;
    return true;
}

static void fail(const Witness *witness, const Error *err)
{
    log_failure(witness->log, LOG_WARN, EVENT_WITNESS_FAILED, err, (const LogField[]){ { 0 } });
}

void witness_init(Witness *witness, const char *file, Log *log)
{
    OWNED_BUF text;
    Error err = { 0 };

    *witness = (Witness){ .file = file, .log = log };
    buf_init(&text, FILE_MOST);
    if (!file)
        return;
    if (!file_read(file, &text, &err)) {
        if (err.code != ERR_NOT_FOUND)
            fail(witness, &err);
        return;
    }
    json_t *json = json_read(str_trim(buf_str(&text)), &err);
    if (!take(witness, json_string_value(json_object_get(json, "head")))) {
        error_set(&err, ERR_FORMAT, "%.100s holds no head", file);
        fail(witness, &err);
    }
    json_decref(json);
}

static void write_file(Witness *witness, int64_t now_ms)
{
    OWNED_BUF text;
    Error err = { 0 };

    buf_init(&text, FILE_MOST);
    buf_add_format(&text, "{\"head\":\"%s\"}\n", witness->kept);
    witness->written = buf_ok(&text, &err) && file_write(witness->file, 0600, buf_str(&text), &err);
    witness->written_ms = now_ms;
    if (!witness->written)
        fail(witness, &err);
}

void witness_say(const Witness *witness, ApiHeartbeat *heartbeat)
{
    memcpy(heartbeat->audit_kept, witness->kept, sizeof heartbeat->audit_kept);
    heartbeat->audit_broken = witness->broken;
}

static void raise_alarm(Witness *witness, int64_t now_ms)
{
    witness->broken = true;
    if (witness->file)
        write_file(witness, now_ms); /* the evidence */
    LOG(witness->log, LOG_ERROR, EVENT_AUDIT_BROKEN, LOG_NUMBER("position", witness->head.position));
}

void witness_hear(Witness *witness, const ApiHeartbeatAnswer *answer, int64_t now_ms)
{
    AuditHead head;
    const bool heard = answer->audit_head[0] && peek(answer->audit_head, &head);

    if (witness->broken || (!heard && !answer->audit_conflict))
        return;
    if (witness->knows && (answer->audit_conflict || !audit_head_follows(&witness->head, &head))) {
        raise_alarm(witness, now_ms);
        return;
    }
    if (!heard || strcmp(witness->kept, answer->audit_head) == 0 || !take(witness, answer->audit_head))
        return;
    if (witness->file && (!witness->written || now_ms - witness->written_ms >= WITNESS_WRITE_MS))
        write_file(witness, now_ms);
}

void witness_fini(Witness *witness)
{
    if (witness->file && witness->knows && !witness->broken)
        write_file(witness, witness->written_ms);
}
