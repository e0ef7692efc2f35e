#include "conversation.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/memory.h"
#include "operations.h"

#define SIP_BYTES  4096
#define SIPS       16     /* that a page of ours has */
#define SILENCE_MS 300000 /* a connection without a request */

static bool answer_http(http_t *http, http_status_t status)
{
    httpClearFields(http);
    httpSetLength(http, 0);
    return httpWriteResponse(http, status) >= 0 && httpFlushWrite(http) >= 0;
}

/* ---- the document ---- */

/* A line so slow that whoever sends has to wait for it, too: the kernels' buffers would take a whole document. */
static size_t begin_to_sip(http_t *http)
{
    int room = 4 * SIP_BYTES;

    (void)setsockopt(httpGetFd(http), SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    return SIP_BYTES;
}

static void wait_ms(int64_t ms)
{
    (void)nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

Delivery conversation_receive(Conversation *talk, const Job *job, Buf *document)
{
    const Witness *witness = &talk->machine->witness;
    int64_t sip_ms = faults_read(talk->machine->options.dir).sip_ms / SIPS;
    char bytes[16384];
    size_t most = sip_ms > 0 ? begin_to_sip(talk->http) : sizeof(bytes);
    ssize_t got;

    if (httpGetState(talk->http) != HTTP_STATE_POST_RECV)
        return DELIVERY_NONE;
    while ((got = httpRead2(talk->http, bytes, most)) > 0) {
        if (document->len == 0)
            witness_event(witness, "first-byte", job->id, job->name, (size_t)got);
        buf_add(document, bytes, (size_t)got);
        if (sip_ms > 0)
            wait_ms(sip_ms);
    }
    if (httpGetState(talk->http) == HTTP_STATE_POST_RECV || got < 0 || document->failed) {
        witness_event(witness, "broken", job->id, job->name, document->len);
        return DELIVERY_BROKEN;
    }
    if (document->len == 0)
        return DELIVERY_NONE;
    witness_event(witness, "last-byte", job->id, job->name, document->len);
    return DELIVERY_WHOLE;
}

/* ---- the answer ---- */

static ssize_t write_to_buf(void *ctx, ipp_uchar_t *bytes, size_t size)
{
    Buf *buf = ctx;

    buf_add(buf, bytes, size);
    return buf->failed ? -1 : (ssize_t)size;
}

static Faults faults_now(Machine *machine)
{
    machine_lock(machine);
    machine_read_faults(machine);
    Faults faults = machine->faults;
    machine_unlock(machine);
    return faults;
}

/* The request was obeyed, and nobody is told. */
static void hang(Conversation *talk)
{
    char byte;

    while (faults_now(talk->machine).hang) {
        nanosleep(&(struct timespec){ .tv_nsec = 20 * 1000000 }, NULL);
        if (recv(httpGetFd(talk->http), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
            return;
    }
}

static bool send_bytes(Conversation *talk, Str bytes, size_t told)
{
    http_t *http = talk->http;

    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, told);
    return httpWriteResponse(http, HTTP_STATUS_OK) >= 0 &&
           httpWrite2(http, bytes.ptr, bytes.len) == (ssize_t)bytes.len && httpFlushWrite(http) >= 0;
}

/* False when the connection is of no more use. */
static bool send_answer(Conversation *talk)
{
    static const char garbage[] = "\x02\x00\x7f\xff\xde\xad\xbe\xef\x13\x00\x47garbage, and more of it\xff\xff\xff\xff";
    Faults faults = faults_now(talk->machine);
    OWNED_BUF buf;

    buf_init(&buf, 4u << 20);
    if (faults.hang) {
        hang(talk);
        return false;
    }
    if (faults.garbage)
        return send_bytes(talk, (Str){ garbage, sizeof(garbage) - 1 }, sizeof(garbage) - 1);
    ippSetState(talk->answer, IPP_STATE_IDLE);
    if (ippWriteIO(&buf, write_to_buf, 1, NULL, talk->answer) != IPP_STATE_DATA)
        return false;
    if (faults.half) {
        (void)send_bytes(talk, (Str){ buf.data, buf.len / 2 }, buf.len);
        return false;
    }
    return send_bytes(talk, buf_str(&buf), buf.len);
}

/* ---- one request ---- */

/* Headers of the next request; false when there is none, or it was answered here. */
static bool read_head(Conversation *talk, bool *ret_go_on)
{
    http_t *http = talk->http;
    http_state_t state;
    http_status_t status;

    *ret_go_on = false;
    while ((state = httpReadRequest(http, talk->resource, sizeof(talk->resource))) == HTTP_STATE_WAITING)
        if (!httpWait(http, SILENCE_MS))
            return false;
    if (state == HTTP_STATE_ERROR)
        return false;
    if (state == HTTP_STATE_UNKNOWN_METHOD || state == HTTP_STATE_UNKNOWN_VERSION) {
        answer_http(http, HTTP_STATUS_BAD_REQUEST);
        return false;
    }
    while ((status = httpUpdate(http)) == HTTP_STATUS_CONTINUE)
        ;
    if (status != HTTP_STATUS_OK)
        return false;
    if (httpGetExpect(http) == HTTP_STATUS_CONTINUE && httpWriteResponse(http, HTTP_STATUS_CONTINUE) < 0)
        return false;
    if (httpGetState(http) == HTTP_STATE_POST_RECV &&
        strncmp(httpGetField(http, HTTP_FIELD_CONTENT_TYPE), "application/ipp", 15) == 0)
        return true;
    httpFlush(http);
    *ret_go_on = answer_http(http, HTTP_STATUS_NOT_FOUND);
    return false;
}

static bool read_request(Conversation *talk)
{
    ipp_state_t state;

    while ((state = ippRead(talk->http, talk->request)) != IPP_STATE_DATA)
        if (state == IPP_STATE_ERROR) {
            answer_http(talk->http, HTTP_STATUS_BAD_REQUEST);
            return false;
        }
    return true;
}

/* False when the connection is of no more use. */
static bool serve(Conversation *talk)
{
    bool go_on;

    if (!read_head(talk, &go_on))
        return go_on;
    talk->request = ippNew();
    bool alive = read_request(talk);
    if (alive) {
        talk->answer = ippNewResponse(talk->request);
        operations_obey(talk);
        if (httpGetState(talk->http) == HTTP_STATE_POST_RECV)
            httpFlush(talk->http); /* a document that nobody wanted */
        alive = httpError(talk->http) == 0 && send_answer(talk);
        ippDelete(talk->answer);
    }
    ippDelete(talk->request);
    talk->request = talk->answer = NULL;
    return alive;
}

static void *run(void *ctx)
{
    Conversation *talk = ctx;

    if (!talk->machine->options.tls || httpEncryption(talk->http, HTTP_ENCRYPTION_REQUIRED) == 0)
        while (serve(talk))
            ;
    httpClose(talk->http);
    mem_free(talk);
    return NULL;
}

void conversation_start(Machine *machine, http_t *http)
{
    pthread_t thread;
    Conversation *talk = mem_new(1, sizeof(*talk));

    if (talk)
        *talk = (Conversation){ .machine = machine, .http = http };
    if (!talk || pthread_create(&thread, NULL, run, talk) != 0) {
        mem_free(talk);
        httpClose(http);
        return;
    }
    pthread_detach(thread);
}
