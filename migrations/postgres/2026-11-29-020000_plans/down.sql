DROP TABLE space_plans;
