-- What accounts have; gives back what is due of them.
for i = 1, COUNT do
  if not window_of(ARGV[4 + 7 * i]) then return answer('1', '') end
end
for i = 1, COUNT do give_back(sums_key(i), holds_key(i)) end
return answer('0', states())
