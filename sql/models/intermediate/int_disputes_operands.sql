{{ operands('disputes', 'channel') }}
