/* Which fields of the registry (fields.h) a template shows: found once, when it is loaded. */
#ifndef REGISTRAR_OFFICE_FIELD_CHOICE_H
#define REGISTRAR_OFFICE_FIELD_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#define FIELDS_MOST 384 /* of the registry */

typedef struct FieldChoice {
    uint64_t chosen[FIELDS_MOST / 64];
    unsigned parts; /* of the record: RECORD_OF(...) | ... (students.h) */
    bool session;   /* it shows days of a session */
} FieldChoice;

#endif
