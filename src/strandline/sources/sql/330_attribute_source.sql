-- attribute_source: the release behind each attribute that has a value.
-- Grain:  urn × attribute.
-- Source: school_attribute, attribute.
-- Units:  none.
SELECT school_attribute.urn, attribute.attribute AS feature, attribute.group AS group_name, school_attribute.release_id
FROM school_attribute
JOIN attribute USING (attribute)
WHERE school_attribute.value IS NOT NULL
