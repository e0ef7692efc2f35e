/* Inside connect/moodle: what the answers mean.  Pure, but for what moodle.c asks. */
#ifndef REGISTRAR_CONNECT_MOODLE_INSIDE_H
#define REGISTRAR_CONNECT_MOODLE_INSIDE_H

#include "registrar/connect/channel.h"
#include "registrar/connect/moodle/moodle.h"
#include "wire/json.h"

/* As moodle_new, over another transport; NULL: net/http. */
Moodle *moodle_new_over(const MoodleConfig *config, const ChannelTransport *transport, Error *err) MUST_USE;

/* What is asked. */
typedef enum MoodleFunction {
    MOODLE_SITE,    /* core_webservice_get_site_info */
    MOODLE_USER,    /* core_user_get_users_by_field */
    MOODLE_COURSES, /* core_enrol_get_users_courses */
    MOODLE_GRADES,  /* gradereport_overview_get_course_grades */
    MOODLE_EVENTS,  /* core_calendar_get_action_events_by_timesort */
    MOODLE_FUNCTION_COUNT
} MoodleFunction;
#define MOODLE_MAY(function) (1u << (function))
const char *moodle_function_name(MoodleFunction function);

/* An answer's status and body: *ret_json is owned, on MOODLE_OK.  A Moodle says 200 to its refusals too. */
MoodleOutcome moodle_answer(int status, Str body, json_t **ret_json, Error *err) MUST_USE;

/* Whose token it is (0: not told) and which functions its service has. */
MoodleOutcome moodle_site(const json_t *json, int64_t *ret_user, unsigned *ret_may, Error *err) MUST_USE;
/* The one whose field `match` is number, byte for byte; service: the token's own user, who is no student. */
MoodleOutcome moodle_user(const json_t *json, const char *match, const char *number, int64_t service, int64_t *ret_user,
                          Error *err) MUST_USE;
/* The record's part.  courses: a list; grades, events: as Moodle tells them, NULL: not to be had.  now_s: what is long
 * over is left out.  Owned; NULL: ERR_PROTOCOL (no lists) or ERR_MEMORY. */
json_t *moodle_part(const json_t *courses, const json_t *grades, const json_t *events, int64_t now_s,
                    Error *err) MUST_USE;

/* Appends text as people read it: no tags, entities as what they stand for, one space at most, cut at most bytes. */
void moodle_clean(Buf *buf, Str text, size_t most);

#endif
