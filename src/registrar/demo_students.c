#include "registrar/demo_students.h"

#include "wire/json.h"

static bool get_known(const DemoStudents *students, size_t index, ImportStudent *ret, Error *err)
{
    OWNED(json_t) known = demo_student_known(students->university, index, err);

    return known && import_from_json(known, index, ret, err);
}

static bool get_drawn(const DemoStudents *students, size_t index, ImportStudent *ret, Error *err)
{
    DemoStudent student = { .profile = import_part(ret, "profile") };

    for (size_t i = 0; i < DEMO_PARTS; i++)
        student.parts[i] = i == 0 || !students->bare ? import_part(ret, demo_part_names[i]) : NULL;
    demo_student_draw(students->university, index, &student);
    return (str_copy(str_from(student.number), ret->number, sizeof ret->number) &&
            str_copy(str_from(student.pinfl), ret->pinfl, sizeof ret->pinfl) &&
            str_copy(str_from(student.password), ret->password, sizeof ret->password)) ||
           error_set(err, ERR_INTERNAL, "number or password");
}

bool demo_students_get(void *ctx, size_t index, ImportStudent *ret, Error *err)
{
    const DemoStudents *students = ctx;
    bool known = index < demo_university_known(students->university);

    if (!(known ? get_known : get_drawn)(students, index, ret, err))
        return false;
    if (index >= students->passwords)
        ret->password[0] = '\0';
    else if (students->said)
        buf_add_format(students->said, "%s\t%s\n", ret->number, ret->password);
    return !students->said || buf_ok(students->said, err);
}
