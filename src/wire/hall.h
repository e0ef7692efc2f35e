/* The hall: windows that people wait for, tickets, and calls for a person.  Shapes that travel, as wire/api.h has them.
 *
 *   GET    /kiosk/v1/hall                        -> 200 ApiHall, ETag | 304
 *   POST   /kiosk/v1/tickets        ApiTicketAsk -> 201, 200 (the same key, or one that this student has) ApiTicket
 *                                                   | 404 no such topic | 409 closed | 429 limit
 *   GET    /kiosk/v1/tickets/{id}                -> 200 ApiTicket | 404
 *   DELETE /kiosk/v1/tickets/{id}                -> 200 ApiTicket (given up, or what it had come to before) | 404
 *   GET    /kiosk/v1/tickets/{id}/slip?language= -> 200 application/pdf | 404
 *   POST   /kiosk/v1/calls          ApiCallAsk   -> 201, 200 (the same key) ApiCall | 409 closed | 429 limit
 *   GET    /kiosk/v1/calls/{id}                  -> 200 ApiCall | 404
 *   DELETE /kiosk/v1/calls/{id}                  -> 200 ApiCall | 404
 *
 * The certificate is enough; a session that comes along makes a ticket its student's, and tells who calls where they
 * said that it may.  A ticket and a call belong to the kiosk that asked: another finds none.  Events "hall", "ticket"
 * and "call" tell of changes. */
#ifndef WIRE_HALL_H
#define WIRE_HALL_H

#include "wire/api.h"

#define HALL_TOPICS_MOST   12
#define HALL_CALLED_MOST   12
#define HALL_TITLE_SIZE    96
#define HALL_WINDOW_MOST   99 /* windows are numbered from 1 */
#define HALL_PLACE_SIZE    64
#define HALL_BYTES_MOST    (32u << 10)
#define TICKET_NUMBER_SIZE 8   /* "A-014" */
#define TICKET_NUMBER_MOST 999 /* of a letter and a day */

typedef enum ApiTicketState {
    TICKET_WAITING,
    TICKET_CALLED,
    TICKET_SERVING,
    TICKET_SERVED,
    TICKET_NO_SHOW,
    TICKET_PASSED, /* to another window or topic: waits there, in the place of when it was taken */
    TICKET_GIVEN_UP,
    TICKET_EXPIRED, /* the day was over */
    TICKET_STATE_COUNT
} ApiTicketState;

typedef enum ApiCallState {
    CALL_WAITING,
    CALL_COMING, /* somebody said so */
    CALL_OVER,   /* they were there */
    CALL_NOBODY, /* somebody said that nobody can come, or nobody answered in time */
    CALL_GIVEN_UP,
    CALL_STATE_COUNT
} ApiCallState;

typedef struct ApiTopic {
    char id[SERVICE_ID_MOST];
    char titles[LANGUAGE_COUNT][HALL_TITLE_SIZE]; /* "": not in this language */
    bool open;                                    /* tickets are given now */
    int windows;                                  /* open ones that serve it now */
    int waiting;
    int expected_s; /* for a ticket that is taken now; -1: not known, or nobody serves it now */
} ApiTopic;

typedef struct ApiCalled {
    char number[TICKET_NUMBER_SIZE];
    int window;
    int calls; /* 1: for the first time */
    bool serving;
    int64_t at_s; /* of the last call */
} ApiCalled;

typedef struct ApiHall {
    size_t topic_count; /* 0: this university has no tickets */
    ApiTopic topics[HALL_TOPICS_MOST];
    size_t called_count; /* the newest first; who is at a window among them */
    ApiCalled called[HALL_CALLED_MOST];
    bool help;                      /* somebody may come to a kiosk when they are called */
    int window;                     /* one that is open; 0: none */
    int64_t opens_at_s;             /* when the office opens next; 0: it is open, or never is */
    char version[API_VERSION_SIZE]; /* of its text: set by reading, not written */
} ApiHall;

typedef struct ApiTicketAsk {
    char key[API_ID_SIZE]; /* a uuid of the kiosk's own making: the ticket's id */
    char topic[SERVICE_ID_MOST];
} ApiTicketAsk;

#define API_TICKET_ADDRESS_SIZE 128

typedef struct ApiTicket {
    char id[API_ID_SIZE];
    char number[TICKET_NUMBER_SIZE];
    char topic[SERVICE_ID_MOST];
    ApiTicketState state;
    int place;                          /* in line, 1: the next; 0: it does not wait */
    int expected_s;                     /* -1: not known */
    int window;                         /* 0: not called */
    char window_place[HALL_PLACE_SIZE]; /* the institution's words; "": none */
    int calls;                          /* how often it was called */
    int64_t taken_at_s;
    char address[API_TICKET_ADDRESS_SIZE]; /* of its page for a phone, in a QR code's own letters */
} ApiTicket;

typedef struct ApiCallAsk {
    char key[API_ID_SIZE];
    char screen[32];               /* names of ours: "form", "fault" */
    char service[SERVICE_ID_MOST]; /* ""; none */
    Language language;             /* of the glass: whom to send */
    bool named;                    /* the student of this session said: tell who I am */
} ApiCallAsk;

typedef struct ApiCall {
    char id[API_ID_SIZE];
    ApiCallState state;
    int window; /* where to go when nobody comes; 0: none is open */
} ApiCall;

/* In this language, else in one that it has. */
const char *api_topic_title(const ApiTopic *topic, Language language);
/* NULL: there is none of this id. */
const ApiTopic *api_hall_topic(const ApiHall *hall, const char *id);
/* It is still to be called: waiting, or passed on. */
bool api_ticket_waits(ApiTicketState state);
/* Nothing more comes of it. */
bool api_ticket_is_over(ApiTicketState state);
/* Whole minutes for "about N minutes", never less than 1. */
int hall_minutes(int expected_s);

bool api_hall_write(const ApiHall *hall, Buf *buf, Error *err) MUST_USE;
bool api_hall_read(Str json, ApiHall *ret, Error *err) MUST_USE;
bool api_ticket_ask_write(const ApiTicketAsk *ask, Buf *buf, Error *err) MUST_USE;
bool api_ticket_ask_read(Str json, ApiTicketAsk *ret, Error *err) MUST_USE;
bool api_ticket_write(const ApiTicket *ticket, Buf *buf, Error *err) MUST_USE;
bool api_ticket_read(Str json, ApiTicket *ret, Error *err) MUST_USE;
bool api_call_ask_write(const ApiCallAsk *ask, Buf *buf, Error *err) MUST_USE;
bool api_call_ask_read(Str json, ApiCallAsk *ret, Error *err) MUST_USE;
bool api_call_write(const ApiCall *call, Buf *buf, Error *err) MUST_USE;
bool api_call_read(Str json, ApiCall *ret, Error *err) MUST_USE;

#endif
