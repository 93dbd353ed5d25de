{{ operands('applications', 'indicator') }}
