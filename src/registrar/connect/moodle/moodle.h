/* A university's Moodle by its web services (REST, Moodle 4): of one student the courses, their grades so
 * far and what is due next.  The token is one for the site, a web-service user's: whose data are asked for is found by
 * the exact student number, checked in the answer, and every answer but that is read for this one id alone.  Reads
 * tolerantly: a field may be text, a number, null or absent.  One Moodle for all threads; nothing is asked twice by
 * itself.  The token is in no address, log or error and is wiped.
 * Source: Moodle's own definitions of core_webservice_get_site_info, core_user_get_users_by_field,
 * core_enrol_get_users_courses, gradereport_overview_get_course_grades, core_calendar_get_action_events_by_timesort. */
#ifndef REGISTRAR_CONNECT_MOODLE_MOODLE_H
#define REGISTRAR_CONNECT_MOODLE_MOODLE_H

#include "base/buf.h"
#include "base/clock.h"

#define MOODLE_TOKEN_SIZE     129 /* 32 letters and figures by themselves */
#define MOODLE_PART           "courses"
#define MOODLE_PART_MOST      (64u << 10) /* bytes */
#define MOODLE_COURSES_MOST   40
#define MOODLE_DEADLINES_MOST 40

typedef struct Moodle Moodle;

/* Which Moodle, and how it is asked. */
typedef struct MoodleConfig {
    const char *address; /* "https://lms.namuna.uz": "/webservice/rest/server.php" stands behind it */
    const char *ca_file; /* the only authority that is trusted; NULL: the system's */
    const char *token;   /* letters and figures.  Secret */
    const char *match;   /* Moodle's field that holds the student number: "idnumber" or "username" */
    int deadline_ms;     /* of one request, 100 .. 60000 */
    int connections;     /* most requests at once, 1 .. 64 */
    int days_ahead;      /* of deadlines, 1 .. 365 */
    Clock clock;
} MoodleConfig;

typedef enum MoodleOutcome {
    MOODLE_OK,
    MOODLE_NOBODY,  /* knows no such student */
    MOODLE_REFUSED, /* the token, or its service, may not ask this: for the administrator */
    MOODLE_AWAY,    /* not reached, no answer in time, status 500 and above, maintenance, or the breaker is open */
    MOODLE_STRANGE, /* answered what can't be used: no JSON, another student, several of one number, over a limit */
    MOODLE_FAILED,  /* our own: no memory, or a number that can't be */
    MOODLE_OUTCOME_COUNT
} MoodleOutcome;

/* "away": for logs, static. */
const char *moodle_outcome_name(MoodleOutcome outcome);

/* config is copied with its texts.  ERR_ARGUMENT: an address that is not https (http to this machine alone), a token or
 * field that can't be, or bounds.  Speaks with nobody yet. */
Moodle *moodle_new(const MoodleConfig *config, Error *err) MUST_USE;
/* No call is under way. */
void moodle_free(Moodle *moodle);
OWNED_BY(Moodle, moodle_free)

/* Held to be away: the breaker is open (connect/breaker.h). */
bool moodle_is_away(Moodle *moodle);
/* Quiet: nothing is asked any more; what is under way ends with its present request. */
void moodle_hush(Moodle *moodle, bool quiet);

/* Appends the record's part MOODLE_PART of the student with this number, canonical JSON: {"courses": [{"name",
 * "grade"?, "progress"? in per cent}], "deadlines"?: [{"at_s", "name", "course"}]}.  At most five requests.  MOODLE_OK
 * or *err says why not; ret is then as it was.  Grades and deadlines that this token may not read are left out of the
 * part, those of a course that is not the student's too. */
MoodleOutcome moodle_read(Moodle *moodle, const char *number, Buf *ret, Error *err) MUST_USE;

#endif
