#include "registrar/http/record.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/memory.h"

#define LINE_MOST (24u << 20) /* the largest answer, every byte of it escaped at worst, is left out */
#define TEXT_MOST (6u << 20)

struct HttpRecord {
    int file;
    const char *listener;
};

HttpRecord *http_record_open(const char *path, const char *listener, Error *err)
{
    OWNED(HttpRecord) record = mem_new(1, sizeof(*record));

    if (!record) {
        error_set(err, ERR_MEMORY, "record");
        return NULL;
    }
    record->listener = listener;
    record->file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (record->file < 0) {
        error_set_errno(err, "record %s", path);
        return NULL;
    }
    return steal(&record);
}

void http_record_close(HttpRecord *record)
{
    if (record && record->file >= 0)
        close(record->file);
    mem_free(record);
}

/* What is no UTF-8 is told byte by byte, so that the line stays JSON. */
static void add_text(Buf *line, Str text)
{
    bool valid = utf8_valid(text);

    buf_add_byte(line, '"');
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = (uint8_t)text.ptr[i];
        if (byte == '"' || byte == '\\')
            buf_add_byte(line, '\\');
        if (byte < ' ' || byte == 0x7f || (byte > 0x7f && !valid))
            buf_add_format(line, "\\u%04x", byte);
        else
            buf_add_byte(line, byte);
    }
    buf_add_byte(line, '"');
}

static void add_member(Buf *line, const char *name, const char *value)
{
    buf_add_format(line, "\"%s\":", name);
    if (value)
        add_text(line, str_from(value));
    else
        buf_add_text(line, "null");
    buf_add_byte(line, ',');
}

static enum MHD_Result add_header(void *ctx, enum MHD_ValueKind kind UNUSED, const char *name, const char *value)
{
    Buf *line = ctx;
    Str told = str_from(value);

    if (strcasecmp(name, MHD_HTTP_HEADER_AUTHORIZATION) == 0)
        told = str_split(&told, ' ');
    else if (strcasecmp(name, MHD_HTTP_HEADER_COOKIE) == 0)
        told = STR("");
    buf_add_text(line, line->data[line->len - 1] == '[' ? "[" : ",[");
    add_text(line, str_from(name));
    buf_add_byte(line, ',');
    add_text(line, told);
    buf_add_byte(line, ']');
    return MHD_YES;
}

static bool is_page(struct MHD_Response *response)
{
    const char *type = MHD_get_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE);

    return type && str_starts(str_from(type), STR("text/html"));
}

static void add_body(Buf *line, Str body, bool page)
{
    if (body.len == 0)
        buf_add_text(line, "\"body\":null");
    else if (page || body.len > TEXT_MOST || memchr(body.ptr, '\0', body.len) || !utf8_valid(body))
        buf_add_format(line, "\"body\":{\"bytes\":%zu}", body.len);
    else {
        buf_add_text(line, "\"body\":");
        add_text(line, body);
    }
}

static void add_request(Buf *line, const char *listener, const HttpRecorded *recorded)
{
    const HttpServerRequest *request = recorded->request;

    add_member(line, "listener", listener);
    add_member(line, "method", request->method);
    add_member(line, "path", request->path);
    add_member(line, "query", request->query);
    buf_add_format(line, "\"certificate\":%s,", request->client_fingerprint[0] ? "true" : "false");
    buf_add_text(line, "\"request\":{\"headers\":[");
    MHD_get_connection_values(recorded->connection, MHD_HEADER_KIND, add_header, line);
    buf_add_text(line, "],");
    add_body(line, recorded->request_body, false);
    buf_add_text(line, "},");
}

static void add_answer(Buf *line, const HttpRecorded *recorded)
{
    buf_add_format(line, "\"answer\":{\"status\":%u,\"headers\":[", recorded->status);
    MHD_get_response_headers(recorded->response, add_header, line);
    buf_add_text(line, "],");
    add_body(line, recorded->answer_body, is_page(recorded->response));
    buf_add_text(line, "}");
}

void http_record_add(HttpRecord *record, const HttpRecorded *recorded)
{
    OWNED_BUF line;

    buf_init(&line, LINE_MOST);
    buf_add_byte(&line, '{');
    add_request(&line, record->listener, recorded);
    add_answer(&line, recorded);
    buf_add_text(&line, "}\n");
    /* One call a line: the end of the file and the writing are one act, whoever else appends to it. */
    if (line.failed || flock(record->file, LOCK_EX) != 0)
        return;
    const ssize_t written = write(record->file, line.data, line.len);
    if (flock(record->file, LOCK_UN) != 0 || written != (ssize_t)line.len)
        return;
}
